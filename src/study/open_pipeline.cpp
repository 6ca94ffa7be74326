#include "turngreen/study/study_file.h"

namespace turngreen::study {
namespace {

/// The same result, of the pipeline that all kinds are.
template <typename Kind>
Result<std::unique_ptr<pipeline::Pipeline>> as_pipeline(Result<std::unique_ptr<Kind>> opened) {
  if (!opened) return tl::unexpected<Error>(std::move(opened.error()));
  return std::unique_ptr<pipeline::Pipeline>(*std::move(opened));
}

}  // namespace

Result<std::unique_ptr<pipeline::Pipeline>> open_pipeline(const StudyFile& study) {
  if (const auto* table = std::get_if<pipeline::TableDescription>(&study.pipeline)) {
    return as_pipeline(pipeline::TablePipeline::open(*table, study.space));
  }
  if (const auto* recorded = std::get_if<pipeline::RecordedDescription>(&study.pipeline)) {
    return std::make_unique<pipeline::RecordedPipeline>(*recorded);
  }
  if (study.engine) {
    const auto description = pipeline::describe_engine(*study.engine);
    if (!description) return tl::unexpected<Error>(description.error());
    auto fit = pipeline::check_knobs_of_engine(*description, study.space);
    if (!fit) return tl::unexpected<Error>(std::move(fit.error()));
  }
  return as_pipeline(pipeline::CommandPipeline::open(
      std::get<pipeline::CommandDescription>(study.pipeline), study.space));
}

}  // namespace turngreen::study
