#pragma once

#include <optional>
#include <string>
#include <vector>

#include "turngreen/explore/recommendation.h"
#include "turngreen/study/trial.h"
#include "turngreen/units/duration.h"

namespace turngreen::explore {

/// What trials of one purpose or ending have cost.
struct LedgerEntry {
  std::string name;  ///< "baseline", "explore", "verify", "attribution"
  std::size_t trials = 0;
  units::Energy spent;
  units::Duration time;
};

/// What a study has spent, and when that is paid back.
struct Ledger {
  std::vector<LedgerEntry> by_purpose;  ///< only those that occur
  LedgerEntry wasted;  ///< failed, infeasible and stopped trials, which are in by_purpose too
  std::size_t not_measured = 0;  ///< trials whose energy is not known: not in any sum
  units::Energy spent;
  units::Energy estimated;  ///< the part of it that no sensor measured
  units::Duration time;
  std::optional<double> baseline_runs;  ///< spent, in runs of the baseline
  std::optional<units::Energy> saved_per_run;
  std::optional<double> paid_back_after;  ///< runs of the recommended configuration; absent: never
};

Ledger ledger_of(const std::vector<study::Trial>& trials, const Recommendation& recommendation);

}  // namespace turngreen::explore
