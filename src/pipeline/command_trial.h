#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>

#include "command_template.h"
#include "contained_run.h"
#include "metric_expressions.h"
#include "turngreen/pipeline/command_pipeline.h"

namespace turngreen::pipeline {

/// One run of a command pipeline: lays out the trial's directory, runs the command, and gathers
/// what it left. May throw what the standard library throws.
class CommandTrial {
 public:
  CommandTrial(const CommandDescription& description, const CommandTemplate& command,
               const MetricExpressions& expressions, TrialValues values, const RunRequest& request);

  Outcome run();

 private:
  Result<void> prepare();
  Result<void> render(const RenderedFile& file) const;
  Result<void> remove_old_metrics() const;
  /// What is not to be kept.
  void discard(Outcome& outcome) const;
  Outcome judge(const ContainedRun& run, const Containment& containment);
  /// What is wrong with the metrics, if anything; puts them into the outcome.
  std::optional<std::string> take_metrics(const Measurement& measurement, Outcome& outcome) const;
  std::optional<std::string> keep_predictions(const Measurement& measurement,
                                              Outcome& outcome) const;

  const CommandDescription& description_;
  const CommandTemplate& command_;
  const MetricExpressions& expressions_;
  const RunRequest& request_;
  TrialValues values_;
  std::filesystem::path directory_;     ///< the trial's
  std::filesystem::path where_;         ///< the command's
  std::filesystem::path metrics_file_;  ///< empty: none
  std::map<std::string, std::string> printed_;
};

}  // namespace turngreen::pipeline
