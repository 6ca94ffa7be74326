// In a build without libtorch: there is nothing to set.
#include "capabilities.h"

namespace turngreen::engine {

Result<Capabilities> find_capabilities(const Combination& combination) {
  constexpr std::string_view kWhy =
      "this turngreen-engine was built without libtorch; build it with -D TURNGREEN_LIBTORCH=ON";
  if (!combination.device.empty())
    return fail(Error::Kind::unsupported,
                "device " + combination.device + ": " + std::string(kWhy));
  return Capabilities{.libtorch = {}, .devices = {}, .device = {}, .knobs = no_knob_because(kWhy)};
}

}  // namespace turngreen::engine
