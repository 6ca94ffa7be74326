#pragma once

#include <sys/types.h>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "turngreen/energy/share.h"
#include "turngreen/units/result.h"

namespace turngreen::energy {

/// How long processes kept the multiprocessors of NVIDIA GPUs busy, summed from the utilisation
/// samples that the driver keeps per process (nvmlDeviceGetProcessUtilization). Used by one thread
/// at a time.
class NvmlProcessUse {
 public:
  /// One entry of `read` per UUID, in this order.
  static Result<std::unique_ptr<NvmlProcessUse>> open(const std::string& library,
                                                      std::span<const std::string> gpu_uuids);
  ~NvmlProcessUse();

  /// Adds what the driver has sampled since the last call: `tree` for the processes in `pids`,
  /// `whole` for all. Unknown for a GPU that is divided by MIG, and where the driver keeps no such
  /// samples.
  void read(std::span<const pid_t> pids, std::span<ShareReading> out) noexcept;

 private:
  struct State;
  explicit NvmlProcessUse(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace turngreen::energy
