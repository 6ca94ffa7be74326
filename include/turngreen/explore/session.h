#pragma once

#include <atomic>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "turngreen/explore/tuner.h"
#include "turngreen/pipeline/pipeline.h"
#include "turngreen/study/store.h"
#include "turngreen/study/study_file.h"
#include "turngreen/units/result.h"

namespace turngreen::explore {

/// What a worker tells while it works. All may be empty.
struct SessionEvents {
  std::function<void(const study::Trial&, const std::string& reason)> started;
  std::function<void(const study::Trial&, const Recommendation&)> finished;
  std::function<void(const pipeline::RunProgress&)> running;
};

/// How a worker's part of a study ended.
struct SessionEnd {
  bool interrupted = false;
  std::string reason;  ///< one sentence: why no further trial was run
};

/// One worker of a study: takes on what the tuner asks for, runs it and keeps the outcome, until
/// nothing more is asked for. Trials whose worker died are given back first; those of workers of
/// which nothing can be told are not waited for. Measured trials wait for each other across all
/// processes of the machine, unless `overlap`.
struct SessionOptions {
  /// Trial N runs in its folder N, or in N.2, N.3, ... where that is left from another study.
  std::filesystem::path trials_directory;
  bool overlap = false;
  const std::atomic<bool>* stop = nullptr;  ///< set: the running trial is given back
  SessionEvents events;
};
Result<SessionEnd> run_session(const study::StudyFile& study, study::Store& store,
                               std::int64_t study_id, const Tuner& tuner,
                               pipeline::Pipeline& pipeline, const SessionOptions& options);

/// Why a study has ended, asked after its workers here have.
Result<std::string> end_reason(const study::Store& store, std::int64_t study_id,
                               const Tuner& tuner);

}  // namespace turngreen::explore
