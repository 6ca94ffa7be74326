#pragma once

#include <memory>
#include <string>
#include <vector>

#include "turngreen/energy/sensor.h"
#include "turngreen/units/result.h"

namespace turngreen::energy {

/// AMD GPUs through AMD SMI (ROCm 6 and later), loaded at run time. Per GPU, in the library's
/// order:
/// - "amd-gpu-N", the energy accumulator, in the resolution that the library states (15.259 uJ);
/// - "amd-gpu-N-power", the socket's power in whole watts, for the meter to integrate; counted only
/// where
///   there is no accumulator, else kept beside it as a check.
/// The accumulator is known to stand still on MI100 and to go back on others (ROCm/amdsmi issues 38
/// and 115): the meter names such faults. Not thread-safe. Initialises the library on open and
/// shuts it down with the object.
class AmdSmi final : public Sensor {
 public:
  /// The error is not_found where there is no library, driver or GPU; no_permission; or unsupported
  /// where GPUs are there and none can be read.
  static Result<std::unique_ptr<AmdSmi>> open(const std::string& library = "libamd_smi.so");
  ~AmdSmi() override;

  std::span<const Domain> domains() const override;
  void read(std::span<Reading> out) noexcept override;

  /// GPUs left out and why, one sentence each: the second die of an MI250, whose joules the first
  /// die tells.
  const std::vector<std::string>& notes() const;

 private:
  struct State;
  explicit AmdSmi(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace turngreen::energy
