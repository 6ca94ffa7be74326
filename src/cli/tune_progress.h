#pragma once

#include <ostream>
#include <string>

#include "terminal.h"
#include "turngreen/explore/recommendation.h"
#include "turngreen/pipeline/pipeline.h"
#include "turngreen/study/study_file.h"
#include "turngreen/study/trial.h"

namespace turngreen::cli {

/// What `tune` says while it works: a line for each trial that has finished, and on a terminal one
/// that is rewritten with the running trial, the best so far, the joules spent and the time that
/// may be left. Nothing where `quiet`.
class TuneProgress {
 public:
  TuneProgress(const study::StudyFile& study, std::ostream& out, const Terminal& terminal,
               bool quiet);
  ~TuneProgress();  ///< clears the line
  TuneProgress(const TuneProgress&) = delete;
  TuneProgress& operator=(const TuneProgress&) = delete;

  /// Trials of an earlier session.
  void resumed(const std::vector<study::Trial>& finished);
  void started(const study::Trial& trial, const std::string& reason);
  void running(const pipeline::RunProgress& progress);
  void finished(const study::Trial& trial, const explore::Recommendation& recommendation);

 private:
  std::string best_text() const;
  std::string left_text() const;
  void rewrite(const std::string& line);
  void clear();

  const study::StudyFile& study_;
  std::ostream& out_;
  Terminal terminal_;
  bool quiet_;
  bool shown_ = false;
  std::size_t trials_ = 0;
  units::Energy spent_;
  units::Duration time_;
  std::string current_;
  explore::Recommendation best_;
};

}  // namespace turngreen::cli
