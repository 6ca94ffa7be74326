#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "turngreen/energy/sensor.h"
#include "turngreen/units/bounded.h"
#include "turngreen/units/power.h"
#include "turngreen/units/result.h"

namespace turngreen::energy {

/// What the estimator models, and what the user knows better than its tables.
struct EstimatorOptions {
  bool cpu = true;     ///< model the processor (off where a package is measured)
  bool memory = true;  ///< model the memory (off where dram is measured)
  /// User overrides, each replacing the published range: power of one logical processor at rest and
  /// at full load.
  std::optional<units::Bounded<units::Power>> idle_per_cpu;
  std::optional<units::Bounded<units::Power>> full_per_cpu;
  std::optional<units::Bounded<units::Power>> memory_power;
};

/// Energy of the processor and the memory where no sensor tells it: power at rest plus measured
/// busy time times power under load, from published coefficients per micro-architecture (CPUID),
/// each with its range. The readings are cumulative microjoules with bounds; every domain's source
/// is Source::estimator.
class Estimator final : public Sensor {
 public:
  static Result<std::unique_ptr<Estimator>> open(const EstimatorOptions& options = {},
                                                 const std::filesystem::path& proc = "/proc");
  ~Estimator() override;

  std::span<const Domain> domains() const override;
  void read(std::span<Reading> out) noexcept override;

  /// What the numbers rest on, one sentence a domain, with the publication: for `turngreen
  /// sensors`.
  std::vector<std::string> basis() const;

 private:
  struct State;
  explicit Estimator(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace turngreen::energy
