#include "turngreen/pipeline/recorded_pipeline.h"

#include <fmt/format.h>

namespace turngreen::pipeline {

std::string nothing_to_run(const RecordedDescription& description) {
  return fmt::format(
      "its trials were imported from {}, so there is nothing to run; turngreen report and "
      "turngreen "
      "explain tell what they hold",
      description.source);
}

Outcome RecordedPipeline::run(const RunRequest&) {
  Outcome outcome;
  outcome.ending = Ending::infeasible;
  outcome.reason = nothing_to_run(description_);
  return outcome;
}

}  // namespace turngreen::pipeline
