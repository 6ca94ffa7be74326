// In a build without libtorch: there is little to set.
#include "capabilities.h"

#include "linear_knob_support.h"

namespace turngreen::engine {

Result<Capabilities> find_capabilities(const Combination& combination) {
  constexpr std::string_view kWhy =
      "this turngreen-engine was built without libtorch; build it with -D TURNGREEN_LIBTORCH=ON";
  if (!combination.device.empty())
    return fail(Error::Kind::unsupported,
                "device " + combination.device + ": " + std::string(kWhy));
  Capabilities found{.libtorch = {}, .devices = {}, .device = {}, .knobs = no_knob_because(kWhy)};
  for (KnobSupport& knob : found.knobs) {
    if (knob.id == "model_family") knob = model_family_support(kWhy);
    if (knob.id == "ngrams") knob = ngrams_support();
    if (knob.id == "l2") knob = l2_support();
  }
  return found;
}

}  // namespace turngreen::engine
