#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <span>
#include <vector>

#include "models.h"
#include "observed_run.h"

namespace turngreen::explore {

/// What has been done with one configuration.
struct Record {
  std::vector<std::size_t> completed;  ///< runs by fidelity index
  std::size_t running = 0;
  std::size_t failed = 0;
  std::size_t attempts = 0;  ///< runs of any kind, at any fidelity
  bool rejected = false;
  Prospect prospect;

  std::size_t full() const { return completed.empty() ? 0 : completed.front(); }
  bool seen() const;
};

/// Completed runs at a fidelity; 0 for no record.
inline std::size_t count_at(const Record* record, std::size_t fidelity) {
  return record && fidelity < record->completed.size() ? record->completed[fidelity] : 0;
}

/// Where a study stands after some trials: what was run, and what the models make of it. Trials on
/// the test rows do not count.
class Standing {
 public:
  Standing(const study::StudyFile& study, std::span<const double> fidelities,
           const std::vector<study::Trial>& trials);

  const Models& models() const { return models_; }
  const std::map<knobs::Configuration, Record>& records() const { return records_; }
  const Record* find(const knobs::Configuration& configuration) const;
  std::span<const ObservedRun> runs() const { return runs_; }

  /// The best configuration that has completed a full run and keeps the quality budget with at
  /// least that certainty; the baseline where there is none.
  struct Incumbent {
    knobs::Configuration configuration;
    double level = 1;  ///< expected objective, relative to the baseline
    bool baseline = true;
  };
  Incumbent incumbent(double certainty) const;
  /// The best by what is known at any fidelity, with less certainty asked for: what exploring has
  /// to beat.
  double provisional_level() const;

  units::Energy spent() const { return spent_; }
  units::Duration time() const { return time_; }
  std::size_t trials() const { return trials_; }

 private:
  const study::StudyFile& study_;
  std::vector<study::Trial> expected_;  ///< stand-ins for running trials
  std::vector<ObservedRun> runs_;
  Models models_;
  std::map<knobs::Configuration, Record> records_;
  units::Energy spent_;
  units::Duration time_;
  std::size_t trials_ = 0;
};

/// What the last recommendation has to keep the quality budget with ...
inline constexpr double kSurelyWithin = 0.95;
/// ... what it is verified for as long as the budget lasts, since the best of many looks better
/// than it is ...
inline constexpr double kVerifiedWithin = 0.98;
/// ... and what the search goes by until then.
inline constexpr double kLikelyWithin = 0.85;

}  // namespace turngreen::explore
