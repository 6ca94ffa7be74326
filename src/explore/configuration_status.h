#pragma once

#include <vector>

#include "configuration_values.h"
#include "turngreen/explore/configuration_summary.h"
#include "turngreen/study/study_file.h"

namespace turngreen::explore {

/// Fills in status and reason of each summary; both spans are of the same configurations, in the
/// same order, and the means of the summaries are there.
void judge_configurations(const study::StudyFile& study,
                          const std::vector<ConfigurationValues>& values,
                          std::vector<ConfigurationSummary>& summaries);

}  // namespace turngreen::explore
