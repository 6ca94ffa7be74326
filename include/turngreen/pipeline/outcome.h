#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "turngreen/pipeline/measurement.h"
#include "turngreen/units/bounded.h"
#include "turngreen/units/duration.h"
#include "turngreen/units/energy.h"

namespace turngreen::pipeline {

/// How a run of a pipeline ended.
enum class Ending {
  completed,
  failed,      ///< non-zero exit, signal, timeout, out of memory, a metric that is missing or not
               ///< finite
  infeasible,  ///< the pipeline cannot do this configuration at all (a table has no row for it)
  stopped,     ///< ended early because it was hopeless
};
std::string_view to_string(Ending ending);
std::optional<Ending> parse_ending(std::string_view text);

/// What one domain ("gpu") took of a stage.
struct DomainCost {
  std::string name;
  units::Energy energy;

  friend bool operator==(const DomainCost&, const DomainCost&) = default;
};

/// What one stage cost.
struct StageCost {
  std::string name;
  units::Bounded<units::Energy> energy;
  units::Duration time;
  std::optional<std::uint64_t> samples;  ///< work done in it, where the pipeline counted it
  /// The counted domains of which something is known; empty: not told.
  std::vector<DomainCost> domains = {};
};

/// The name under which Outcome::stages holds what fell outside every stage.
inline constexpr std::string_view kOutsideStages = "other";

/// What one run of a pipeline gave: the part of a Measurement that a study keeps, or what a table
/// has on record.
struct Outcome {
  Ending ending = Ending::completed;
  std::string reason;  ///< why it did not complete, in one sentence with the numbers
  /// Top-level stages in the order of their first appearance, then what fell outside them. Their
  /// energies add up to `energy`. May be incomplete for a run that did not complete.
  std::vector<StageCost> stages;
  std::optional<units::Bounded<units::Energy>> energy;  ///< absent: not measured
  units::Energy estimated;                              ///< the part that no sensor measured
  units::Duration time;
  std::vector<Metric> metrics;
  std::vector<EffectiveValue> effective;
  std::optional<std::filesystem::path> predictions;  ///< the file, kept in the trial's directory
  std::optional<std::uint64_t> peak_memory_bytes;
  /// Where the joules come from: the sensors' kinds, "estimated", or the table's name.
  std::string energy_basis;
  std::vector<std::string> faults;  ///< what went wrong in metering, one sentence each
  std::string output_tail;          ///< the last lines that the pipeline printed

  std::optional<double> metric(std::string_view name) const;
};

}  // namespace turngreen::pipeline
