#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "turngreen/pipeline/command_run.h"
#include "turngreen/pipeline/measurement.h"
#include "turngreen/units/bounded.h"
#include "turngreen/units/duration.h"
#include "turngreen/units/energy.h"
#include "turngreen/units/result.h"

namespace turngreen::pipeline {

/// How one quantity varied between runs. What one value does not tell is absent, not 0.
template <typename T>
struct Spread {
  std::size_t count = 0;  ///< runs that gave the quantity
  std::optional<T> mean;  ///< absent: none did
  /// 95 % confidence interval of the mean (Student's t, normal scatter between runs). It tells how
  /// well runs repeat; how well each is known is in its own bounds.
  std::optional<units::Bounded<T>> interval;
  std::optional<T> deviation;                      ///< sample standard deviation
  std::optional<double> coefficient_of_variation;  ///< deviation over mean; absent for a mean of 0
};

/// A stage over all runs, told apart by its name and those of the stages around it.
struct StageSpread {
  std::string name;
  std::optional<std::size_t>
      parent;  ///< index into RepeatSummary::stages, before this one; absent: top level
  Spread<units::Energy> energy;
  Spread<units::Duration> time;
};

struct RepeatSummary {
  std::size_t runs = 0;
  Spread<units::Energy> energy;  ///< of the totals
  Spread<units::Duration> time;
  std::vector<StageSpread> stages;  ///< in the order of their first appearance
};

RepeatSummary summarise(std::span<const Measurement> runs);

/// The value that |t| with so many degrees of freedom (1 or more) stays below with a probability of
/// 95 %.
double student_t_95(std::size_t degrees_of_freedom);

struct RepeatOptions {
  std::size_t runs = 1;
  units::Duration cool_down;  ///< pause between two runs
  /// Called after each run, with its number from 0; the command runs again only if it returns true.
  std::function<bool(std::size_t run, const Measurement&)> after_run;
};

/// Runs the command again and again. A run that could not be measured ends it with its error. A
/// command that fails is measured like any other; one that a signal ended is not started again,
/// since somebody wants it to stop.
Result<std::vector<Measurement>> run_repeatedly(const CommandRunOptions& command,
                                                const RepeatOptions& options);

}  // namespace turngreen::pipeline
