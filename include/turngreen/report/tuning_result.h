#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "turngreen/explore/extrapolation.h"
#include "turngreen/explore/final_test.h"
#include "turngreen/explore/recommendation.h"
#include "turngreen/explore/verification.h"
#include "turngreen/study/study_file.h"
#include "turngreen/study/trial.h"

namespace turngreen::report {

/// What `turngreen tune` has to tell at its end.
struct TuningResult {
  const study::StudyFile& study;
  std::uint64_t seed = 0;
  std::vector<study::Trial> trials;  ///< finished ones, in the order they finished
  explore::Recommendation recommendation;
  std::vector<explore::Rejection> rejections;
  std::string end_reason;  ///< one sentence
  bool interrupted = false;
  /// The recommended configuration's command, if the pipeline is one.
  pipeline::ReadyCommand command = {};
  std::vector<std::string> warnings = {};  ///< explore::warnings_of, and the like
  /// Of the recommended configuration, where predictions were kept.
  std::optional<explore::PairedVerification> by_rows = std::nullopt;
  /// Absent: the study has no test rows, or they have not been looked at.
  std::optional<explore::FinalTest> test = std::nullopt;
  explore::Extrapolation extrapolation = {};
};

/// The file that `--json` writes (docs/schema/tuning.schema.json).
std::string tuning_json(const TuningResult& result);
/// Some ten lines for people.
std::string tuning_summary(const TuningResult& result);
/// best.yaml: the recommended configuration and how to run it.
std::string best_yaml(const TuningResult& result);

}  // namespace turngreen::report
