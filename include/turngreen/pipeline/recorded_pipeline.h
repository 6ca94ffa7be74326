#pragma once

#include <span>
#include <string>
#include <utility>
#include <vector>

#include "turngreen/pipeline/pipeline.h"

namespace turngreen::pipeline {

/// Trials that were run elsewhere and brought in: there is nothing to run.
struct RecordedDescription {
  std::string source;  ///< what wrote them: "codecarbon"
};

/// Stands for the pipeline of an imported study, so that the study can be explained and reported as
/// any other.
class RecordedPipeline final : public Pipeline {
 public:
  /// `fidelities` as Pipeline::fidelities: what its trials were run at.
  explicit RecordedPipeline(RecordedDescription description, std::vector<double> fidelities = {1})
      : description_(std::move(description)), fidelities_(std::move(fidelities)) {}

  /// Infeasible, whatever is asked for.
  Outcome run(const RunRequest& request) override;
  std::span<const double> fidelities() const override { return fidelities_; }
  bool can_run(const knobs::Configuration&) const override { return false; }
  bool measures() const override { return false; }

 private:
  RecordedDescription description_;
  std::vector<double> fidelities_;
};

/// Why nothing can be run, in one sentence.
std::string nothing_to_run(const RecordedDescription& description);

}  // namespace turngreen::pipeline
