#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace turngreen::energy {

struct GpuIdentity {
  unsigned index = 0;  ///< in NVML's order (PCI bus)
  std::string uuid;    ///< "GPU-..."
  std::string name;
};

struct VisibleGpus {
  std::vector<GpuIdentity> gpus;  ///< each once, in NVML's order
  std::vector<std::string> notes;
};

/// What `visible_devices` (the syntax of CUDA_VISIBLE_DEVICES, CUDA C++ Programming Guide,
/// "Environment Variables") leaves of `all`; absent: all of them. As in CUDA, the list ends at its
/// first entry that names no GPU. `parent_of_mig` gives the UUID of the GPU that a MIG slice is a
/// part of.
VisibleGpus select_visible_gpus(
    std::span<const GpuIdentity> all, const std::optional<std::string>& visible_devices,
    const std::function<std::optional<std::string>(const std::string&)>& parent_of_mig);

}  // namespace turngreen::energy
