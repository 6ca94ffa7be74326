#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "turngreen/energy/sensor.h"
#include "turngreen/units/result.h"

namespace turngreen::energy {

/// CUDA_VISIBLE_DEVICES of this process; absent where it is not set.
std::optional<std::string> cuda_visible_devices();

/// NVIDIA GPUs through NVML, loaded at run time. Per GPU, in NVML's order (PCI bus):
/// - "gpu-N", the board's energy counter (Volta and later; millijoules since the driver was
/// loaded). It is updated
///   every 20 to 100 ms, so its step is 100 ms.
/// - "gpu-N-power", the board's power with its accuracy, for the meter to integrate; counted only
/// where there
///   is no energy counter (older GPUs, vGPUs), else kept beside it as a check.
/// Not thread-safe. Initialises NVML on open and shuts it down with the object.
class Nvml final : public Sensor {
 public:
  /// `visible_devices` selects GPUs in the syntax of CUDA_VISIBLE_DEVICES (indices, UUIDs or their
  /// beginnings, MIG slices); absent: all. The error is not_found where there is no library, driver
  /// or GPU; no_permission; or unsupported where GPUs are there and none can be read or is
  /// selected.
  static Result<std::unique_ptr<Nvml>> open(
      const std::string& library = "libnvidia-ml.so.1",
      const std::optional<std::string>& visible_devices = cuda_visible_devices());
  ~Nvml() override;

  std::span<const Domain> domains() const override;
  /// A GPU that fell off the bus reads as missing; one whose device file was closed to us as
  /// denied.
  void read(std::span<Reading> out) noexcept override;

  /// What a reader of the joules must know, one sentence each: GPUs left out, MIG slices that
  /// cannot be told apart, a counter that covers more than the GPU.
  const std::vector<std::string>& notes() const;

 private:
  struct State;
  explicit Nvml(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace turngreen::energy
