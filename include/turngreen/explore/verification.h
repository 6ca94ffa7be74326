#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "turngreen/explore/paired_bootstrap.h"
#include "turngreen/knobs/configuration.h"
#include "turngreen/study/study_file.h"
#include "turngreen/study/trial.h"

namespace turngreen::explore {

/// A configuration against the baseline, row by row.
struct PairedVerification {
  ScoreDrop drop;
  std::uint64_t rows = 0;
};

/// Compares the predictions of two runs by the budget's metric. Absent: the metric is none that
/// parse_score knows, there are no predictions to read, or the rows do not match.
std::optional<PairedVerification> compare_by_rows(const study::QualityBudget& quality,
                                                  const pipeline::Outcome& baseline,
                                                  const pipeline::Outcome& candidate);

/// The same for a full run of a configuration and one of the baseline (of the same seed where there
/// are such), both on the validation rows. It tells what the choice of evaluation rows leaves open;
/// what the seed leaves open is in the runs' own scatter.
std::optional<PairedVerification> verify_by_rows(const study::StudyFile& study,
                                                 const std::vector<study::Trial>& trials,
                                                 const knobs::Configuration& configuration);
/// The same for any two configurations, the first in the place of the baseline.
std::optional<PairedVerification> verify_by_rows(const study::StudyFile& study,
                                                 const std::vector<study::Trial>& trials,
                                                 const knobs::Configuration& first,
                                                 const knobs::Configuration& second);

}  // namespace turngreen::explore
