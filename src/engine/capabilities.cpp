#include "capabilities.h"

#include <ATen/Version.h>
#include <torch/version.h>

#include "cuda_device_name.h"
#include "knob_support.h"
#include "model/device.h"

namespace turngreen::engine {
namespace {

std::vector<DeviceFound> devices_there() {
  std::vector<DeviceFound> devices{{"cpu", ""}};
  for (int i = 0; const auto device = model::parse_device("cuda:" + std::to_string(i)); ++i)
    devices.push_back({device->str(), cuda_device_name(i)});
  return devices;
}

}  // namespace

Result<Capabilities> find_capabilities(const Combination& combination) {
  Capabilities found;
#ifdef TURNGREEN_LIBTORCH_HAS_CUDA
  constexpr bool kHasCuda = true;
#else
  constexpr bool kHasCuda = false;
#endif
  found.libtorch = LibtorchBuild{TORCH_VERSION, kHasCuda, at::get_cpu_capability()};
  found.devices = devices_there();
  const auto device = model::parse_device(combination.device.empty()
                                              ? found.devices[found.devices.size() > 1 ? 1 : 0].id
                                              : combination.device);
  if (!device) return tl::unexpected<Error>(device.error());
  found.device = device->str();
  found.knobs = knob_support(*device, combination.model);
  return found;
}

}  // namespace turngreen::engine
