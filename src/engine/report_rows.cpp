#include "report_rows.h"

#include "predictions_file.h"
#include "train/validation.h"
#include "turngreen_run.hpp"

namespace turngreen::engine {
namespace {

void tell(const train::Evaluation& evaluation) {
  for (const metrics::Metric& metric : evaluation.metrics)
    if (metric.value) run::metric(metric.name, *metric.value);
}

const train::Evaluation* kept(const TrainArguments& arguments, const train::Training& training) {
  return train::kept_evaluation(training.state(), arguments.options.keeps_best);
}

struct Answers {
  const data::Examples& examples;
  const metrics::Outputs& outputs;
  std::optional<double> threshold;
};

Result<void> write_predictions(const TrainArguments& arguments, const train::Training& training,
                               const Answers& answers) {
  if (arguments.report.predictions.empty()) return {};
  metrics::MetricOptions scoring;
  scoring.labels = training.model().labels()->names;
  scoring.threshold = answers.threshold;
  return write_predictions_file(arguments.report.predictions,
                                {answers.examples, answers.outputs, scoring});
}

Result<void> report_validation(const TrainArguments& arguments, const RowsToReport& rows) {
  const train::Training& training = rows.training;
  const train::Evaluation* evaluation = kept(arguments, training);
  if (evaluation != nullptr) tell(*evaluation);
  if (arguments.report.predictions.empty()) return {};
  if (evaluation != nullptr && training.kept_outputs() != nullptr) {
    return write_predictions(arguments, training,
                             {*rows.validation, *training.kept_outputs(), evaluation->threshold});
  }
  // They were answered before a restart, or never.
  const run::Stage stage("evaluate");
  const auto scored =
      train::score_rows(training.model(), *rows.validation, arguments.options, rows.done);
  if (evaluation == nullptr) tell(scored.evaluation);
  return write_predictions(arguments, training,
                           {*rows.validation, scored.outputs, scored.evaluation.threshold});
}

}  // namespace

Result<std::optional<train::Evaluation>> report_rows(const TrainArguments& arguments,
                                                     const RowsToReport& rows) {
  const auto reported = arguments.report.reported_rows(rows.validation != nullptr);
  if (!reported) return std::nullopt;
  if (*reported == ReportedRows::validation) {
    const auto done = report_validation(arguments, rows);
    if (!done) return tl::unexpected<Error>(done.error());
    return std::nullopt;
  }
  train::TrainOptions options = arguments.options;
  if (options.threshold.is_chosen) {
    const train::Evaluation* evaluation = kept(arguments, rows.training);
    options.threshold.is_chosen = false;
    options.threshold.fixed = evaluation == nullptr ? std::nullopt : evaluation->threshold;
  }
  const run::Stage stage("evaluate");
  auto scored = train::score_rows(rows.training.model(), *rows.test, options, rows.done);
  scored.evaluation.step = rows.training.state().step;
  tell(scored.evaluation);
  const auto written = write_predictions(arguments, rows.training,
                                         {*rows.test, scored.outputs, scored.evaluation.threshold});
  if (!written) return tl::unexpected<Error>(written.error());
  return std::move(scored.evaluation);
}

}  // namespace turngreen::engine
