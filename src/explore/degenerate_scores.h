#pragma once

#include <string>
#include <vector>

#include "configuration_values.h"
#include "turngreen/study/study_file.h"

namespace turngreen::explore {

/// What the scores of a study say about constant predictors, where neither predictions nor class
/// counts told the guard: a sentence for each configuration, in their order; empty: nothing.
struct DegenerateScores {
  std::vector<std::string> degenerate;  ///< no better than always giving the same answer
  std::vector<std::string> suspicious;  ///< perhaps; the runs do not decide it
  std::string baseline;  ///< the baseline is itself such a predictor: nothing is called degenerate
};

/// Degenerate is a configuration of which a full run scores exactly what always answering the
/// larger class does (constant_score) and less than each run of the baseline. Where the evaluation
/// rows are not known, or fewer than 100, two runs of different seeds must score that. Once the
/// class sizes are known so, a configuration of which a full run scores no more than that is
/// degenerate too.
DegenerateScores find_degenerate_scores(const study::QualityBudget& quality,
                                        const std::vector<ConfigurationValues>& configurations,
                                        const knobs::Configuration& baseline);

}  // namespace turngreen::explore
