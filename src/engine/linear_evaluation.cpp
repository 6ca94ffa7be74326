#include "linear_evaluation.h"

#include <algorithm>
#include <chrono>

#include "answer_settings.h"
#include "linear_rows.h"
#include "opened_linear_model.h"
#include "predictions_file.h"
#include "turngreen_run.hpp"
#include "usable_threads.h"

namespace turngreen::engine {
namespace {

/// The run protocol takes 1,000 names of metrics; those of many classes are left to the report.
constexpr std::size_t kMostTold = 500;

std::vector<std::uint64_t> rows_of_labels(const metrics::Outputs& outputs) {
  if (outputs.problem == checkpoint::Problem::regression) return {};
  const auto count = static_cast<std::size_t>(outputs.outputs);
  std::vector<std::uint64_t> rows(count);
  for (const std::int64_t label : outputs.classes) ++rows[static_cast<std::size_t>(label)];
  for (std::size_t at = 0; at < outputs.targets.size(); ++at) {
    if (outputs.targets[at] >= 0.5F) ++rows[at % count];
  }
  return rows;
}

struct Answers {
  metrics::Outputs outputs;
  double seconds = 0;
};

Answers answer(const linear::LinearModel& model, const LinearRows& rows, int threads) {
  const run::Stage stage("evaluate");
  const auto count = static_cast<std::uint64_t>(rows.examples.size());
  run::total(count);
  const auto begin = std::chrono::steady_clock::now();
  Answers answers{{.problem = rows.labels.problem,
                   .outputs = static_cast<std::int64_t>(rows.labels.names.size()),
                   .logits = model.answer(rows.examples, threads),
                   .classes = rows.examples.classes,
                   .targets = rows.examples.targets}};
  answers.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  run::progress(count, rows.examples.ids.size());
  return answers;
}

}  // namespace

Result<EvaluationReport> evaluate_linear_model(LinearEvaluateOptions& options, std::ostream& err) {
  if (options.common.threads == 0) options.common.threads = usable_threads();
  const auto opened = OpenedLinearModel::open(options.model);
  if (!opened) return tl::unexpected<Error>(opened.error());
  const checkpoint::Labels& labels = opened->model.labels();
  if (!options.predictions.empty() && labels.problem != checkpoint::Problem::single_label) {
    return fail(Error::Kind::unsupported,
                "--predictions is for models that answer one class a row; `turngreen predict` "
                "writes the scores of others");
  }
  const auto text = column_of("--text COLUMN", options.text, opened->settings.text_column);
  if (!text) return tl::unexpected<Error>(text.error());
  const auto label = column_of("--label COLUMN", options.label, opened->settings.label_column);
  if (!label) return tl::unexpected<Error>(label.error());
  const auto threshold =
      answer_threshold(options.threshold, labels, opened->settings, options.model);
  if (!threshold) return tl::unexpected<Error>(threshold.error());
  tell_linear(*opened, options.common);

  auto rows = load_linear_rows(
      {.command = "evaluate",
       .file = options.data,
       .read = {.text = *text, .label = *label, .on_bad_row = options.common.on_bad_row},
       .ngrams = opened->model.ngrams(),
       .labels = labels,
       .common = options.common},
      err);
  if (!rows) return tl::unexpected<Error>(rows.error());
  const Answers answers = answer(opened->model, *rows, options.common.threads);

  const run::Stage stage("evaluate");
  EvaluationReport report;
  report.metric_options = {.labels = labels.names,
                           .threshold = threshold->probability,
                           .resamples = options.resamples,
                           .confidence = options.confidence,
                           .seed = options.seed};
  report.metrics = metrics::evaluate(answers.outputs, report.metric_options);
  report.warnings = metrics::warnings(answers.outputs, report.metric_options);
  report.model = options.model;
  report.data = options.data;
  report.text_column = *text;
  report.label_column = *label;
  report.labels = labels;
  report.rows_of_labels = rows_of_labels(answers.outputs);
  report.rows = static_cast<std::uint64_t>(rows->examples.size());
  report.bad_rows = rows->bad_rows;
  report.tokens = rows->examples.ids.size();
  report.seconds = answers.seconds;
  report.threshold = threshold->probability;
  report.threshold_from = threshold->from;
  report.settings = {{"model_family", "hashed_linear"},
                     {"ngrams", std::string(name_of(opened->model.ngrams()))},
                     {"threads", std::to_string(options.common.threads)}};
  report.flops = static_cast<std::int64_t>(2 * rows->examples.ids.size() * opened->model.outputs());
  run::metric("evaluate_flops", static_cast<double>(report.flops));
  for (std::size_t n = 0; n < std::min(report.metrics.size(), kMostTold); ++n) {
    if (report.metrics[n].value) run::metric(report.metrics[n].name, *report.metrics[n].value);
  }
  if (!options.predictions.empty()) {
    const auto written = write_predictions_file(
        options.predictions, {rows->examples, answers.outputs, report.metric_options});
    if (!written) return tl::unexpected<Error>(written.error());
  }
  return report;
}

}  // namespace turngreen::engine
