#pragma once

#include <filesystem>
#include <memory>
#include <span>
#include <string>

#include "turngreen/energy/domain.h"
#include "turngreen/energy/process_share.h"
#include "turngreen/energy/share.h"

namespace turngreen::energy {

/// The share of one process tree in each domain: processor time for packages, their parts and
/// memory; per-process utilisation of the GPU's multiprocessors for NVIDIA GPUs; unknown for the
/// rest.
class TreeShare final : public ShareReader {
 public:
  /// `cpu` must outlive this. `nvml_library` is opened only where a domain is an NVIDIA GPU. NVML
  /// names processes as the initial PID namespace does: in a container with its own, GPU shares are
  /// unknown.
  TreeShare(std::span<const Domain> domains, ProcessShare& cpu,
            const std::string& nvml_library = "libnvidia-ml.so.1",
            const std::filesystem::path& proc = "/proc");
  ~TreeShare() override;
  void read(std::span<ShareReading> out) noexcept override;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace turngreen::energy
