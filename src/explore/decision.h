#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "candidates.h"
#include "standing.h"
#include "turngreen/explore/final_test.h"
#include "turngreen/explore/tuner.h"

namespace turngreen::explore {

/// What follows from the trials of a study: everything behind an Outlook. Borrows its arguments.
class Outlook::Decision {
 public:
  Decision(const study::StudyFile& study, std::span<const double> fidelities, bool has_test_rows,
           std::uint64_t seed, const Candidates& candidates,
           const std::vector<study::Trial>& trials)
      : study_(study),
        fidelities_(fidelities),
        has_test_rows_(has_test_rows),
        seed_(seed),
        candidates_(candidates),
        standing_(study, fidelities, trials),
        tested_(tested_configurations(trials)) {}

  Step next() const;
  Recommendation recommendation(double certainty) const;
  std::vector<Rejection> rejections() const;
  std::optional<units::Energy> hopeless_beyond(const study::Assignment& assignment) const;
  std::optional<QualityLimit> hopeless_quality(const study::Assignment& assignment) const;

 private:
  study::Assignment assignment(study::Purpose purpose, const knobs::Configuration& configuration,
                               std::size_t fidelity) const;
  bool partial_runs_pay() const;
  const Record* baseline_record() const;
  /// The baseline comes first: at the lowest fidelity where there is one.
  std::optional<Step> begin() const;
  std::string baseline_rejection() const;
  std::string baseline_failure() const;
  /// Energy that the study may spend, in baseline runs; absent: no limit.
  std::optional<double> energy_budget() const;
  /// Energy that may still be spent, in baseline runs; absent: no limit.
  std::optional<double> energy_left() const;
  bool time_is_up() const;

  /// What is kept back for the end: the baseline's full run, finalists and their repeats.
  struct Reserve {
    std::size_t trials = 0;
    double cost = 0;
  };
  Reserve reserve() const;
  bool affordable(double cost, const Reserve& kept) const;

  /// A run that might be made, and what it is worth.
  struct Option {
    study::Assignment assignment;
    Prospect prospect;
    double gain = 0;  ///< expected saving of each future run, in baseline runs
    double cost = 0;  ///< in baseline runs, with what else it takes to be certain
    double now = 0;   ///< the part of it that this run costs

    double worth() const { return gain / cost; }
  };
  /// Whether it has not been run yet, and may be.
  bool open(const knobs::Configuration& configuration, std::size_t fidelity) const;
  /// The configuration not run yet whose run is expected to gain most for what it costs.
  std::optional<Option> best_new_run(std::size_t fidelity, double certainty, double level) const;
  /// Another run of something seen, or of the baseline, towards certainty that it is within the
  /// quality budget.
  std::optional<Option> best_repeat(std::size_t fidelity, double certainty, double level) const;
  /// All configurations are compared with the baseline: of many-to-one comparisons the one is worth
  /// more runs, by the square root of what the many have cost against it (Dunnett 1955).
  std::optional<Step> baseline_due(std::size_t fidelity) const;
  std::optional<Step> explore() const;

  /// Finalists at full fidelity, the baseline's full run, and repeats of the best.
  std::optional<Step> finish() const;
  /// Another run of the best, or of the baseline, whichever settles more for its price.
  std::optional<Step> make_certain(const knobs::Configuration& configuration) const;
  /// A finalist is run as soon as exploring has cost as much as its run: whichever of the two would
  /// have been better, the other has at most doubled the price.
  std::optional<Step> finalist_due() const;
  std::optional<Step> next_finalist() const;

  /// Once all else is done: the recommended configuration and the baseline, once each, on the test
  /// rows. Nothing more where these were shown to another configuration before.
  std::optional<Step> test() const;

  const study::StudyFile& study_;
  std::span<const double> fidelities_;
  bool has_test_rows_;
  std::uint64_t seed_;
  const Candidates& candidates_;
  Standing standing_;
  std::vector<knobs::Configuration> tested_;  ///< finished or running
  mutable std::string end_reason_;
};

}  // namespace turngreen::explore
