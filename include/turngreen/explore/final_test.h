#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "turngreen/explore/verification.h"
#include "turngreen/knobs/configuration.h"
#include "turngreen/study/study_file.h"
#include "turngreen/study/trial.h"

namespace turngreen::explore {

/// What the test rows say of the promise that the quality budget is kept.
enum class TestVerdict {
  within,       ///< it is kept there too
  beyond,       ///< it is not, which may be chance
  contradicts,  ///< it is not, beyond what the choice of rows explains; or the result is degenerate
  failed,       ///< one of the two runs told nothing
};
std::string_view to_string(TestVerdict verdict);

/// The runs on the test rows, one of what was recommended then and one of the baseline. No choice
/// went by them, and no model has seen them.
struct FinalTest {
  knobs::Configuration configuration;
  std::optional<double> quality, baseline_quality;  ///< of the study's metric
  std::optional<double> drop;                       ///< positive: worse than the baseline
  std::optional<PairedVerification> by_rows;        ///< where predictions were kept
  TestVerdict verdict = TestVerdict::failed;
  std::string sentence;  ///< all of it, for people
};

/// Absent: the test rows have not been looked at, or not by both yet.
std::optional<FinalTest> final_test(const study::StudyFile& study,
                                    const std::vector<study::Trial>& trials);

/// The configurations that the test rows were shown to, or are being shown to.
std::vector<knobs::Configuration> tested_configurations(const std::vector<study::Trial>& trials);

}  // namespace turngreen::explore
