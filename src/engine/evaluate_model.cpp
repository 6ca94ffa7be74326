#include "evaluate_model.h"

#include <fmt/format.h>
#include <unistd.h>

#include <chrono>
#include <utility>

#include "infer/forward_flops.h"
#include "infer/logits.h"
#include "inference_arguments.h"
#include "loaded_model.h"
#include "model/check_ids.h"
#include "predictions_file.h"
#include "progress_line.h"
#include "skipped_rows.h"
#include "turngreen/engine/data/load_examples.h"
#include "turngreen_run.hpp"

namespace turngreen::engine {
namespace {

/// The run protocol takes 1,000 names of metrics; those of many classes are left to the report.
constexpr std::size_t kMostTold = 500;

bool shows_progress(const EvaluateOptions& options) {
  return !options.compute.quiet && ::isatty(STDERR_FILENO) == 1;
}

struct Columns {
  std::string text;
  std::string label;
};

Result<data::LoadedExamples> load(const EvaluateOptions& options, const OpenedModel& opened,
                                  const Columns& columns, std::ostream& err) {
  ProgressLine progress(err, shows_progress(options));
  data::LoadOptions loading;
  loading.read = {
      .text = columns.text, .label = columns.label, .on_bad_row = options.compute.on_bad_row};
  loading.labels = opened.folder.config().labels;
  loading.threads = options.compute.threads;
  loading.progress = [&](std::uint64_t bytes, std::uint64_t in_all) {
    progress.show("reading", bytes, in_all);
  };
  auto loaded = data::load_examples(options.data, opened.tokenizer, loading);
  progress.clear();
  if (!loaded) return loaded;
  SkippedRows(err, "evaluate").tell(loaded->told_bad_rows);
  if (loaded->examples.size() == 0) {
    return fail(Error::Kind::invalid_input,
                fmt::format("{}: holds no rows; there is nothing to evaluate on", options.data));
  }
  const auto known =
      model::check_ids(loaded->examples, opened.folder.config().architecture, options.data);
  if (!known) return tl::unexpected<Error>(known.error());
  return loaded;
}

struct Answers {
  std::vector<float> logits;
  double seconds = 0;
};

Answers answer(const infer::ReadyModel& ready, const data::Examples& examples,
               ProgressLine& progress) {
  const run::Stage stage("evaluate");
  const auto rows = static_cast<std::uint64_t>(examples.size());
  run::total(rows);
  std::uint64_t done = 0;
  const auto begin = std::chrono::steady_clock::now();
  auto logits = infer::logits_of(ready, examples, [&](std::int64_t count, std::int64_t tokens) {
    run::progress(static_cast<std::uint64_t>(count), static_cast<std::uint64_t>(tokens));
    done += static_cast<std::uint64_t>(count);
    progress.show_rows("evaluating", done, rows);
  });
  const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - begin;
  return {std::move(logits), taken.count()};
}

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

void tell_metrics(const std::vector<metrics::Metric>& all) {
  for (std::size_t n = 0; n < std::min(all.size(), kMostTold); ++n) {
    if (all[n].value) run::metric(all[n].name, *all[n].value);
  }
}

std::vector<EvaluationSetting> settings_of(const EvaluateOptions& options,
                                           const infer::InferenceOptions& inference,
                                           const OpenedModel& opened) {
  const auto& compute = options.compute;
  std::vector<EvaluationSetting> settings{{"device", opened.device.str()}};
  for (auto& [name, value] : inference_settings(inference))
    settings.push_back({std::move(name), std::move(value)});
  settings.push_back({"attention", std::string(attention_name(inference))});
  settings.push_back({"batch_size", std::to_string(compute.batch_size)});
  settings.push_back({"threads", std::to_string(compute.threads)});
  settings.push_back({"max_length", std::to_string(opened.max_length)});
  return settings;
}

}  // namespace

Result<EvaluationReport> evaluate_model(EvaluateOptions& options, std::ostream& err) {
  OwnMeter meter;
  const auto opened = open_model(options.model, options.compute);
  if (!opened) return tl::unexpected<Error>(opened.error());
  if (const auto head = check_head(*opened); !head) return tl::unexpected<Error>(head.error());
  const auto& labels = *opened->folder.config().labels;
  if (!options.predictions.empty() && labels.problem != checkpoint::Problem::single_label) {
    return fail(Error::Kind::unsupported,
                "--predictions is for models that answer one class a row; `turngreen predict` "
                "writes the scores of others");
  }
  const auto text = opened->text_column(options.text);
  if (!text) return tl::unexpected<Error>(text.error());
  const auto label = opened->label_column(options.label);
  if (!label) return tl::unexpected<Error>(label.error());
  const auto threshold = opened->threshold(options.threshold);
  if (!threshold) return tl::unexpected<Error>(threshold.error());
  const auto inference = settle(options.inference, options.compute, *opened);
  if (!inference) return tl::unexpected<Error>(inference.error());
  tell_effective(options.compute, opened->device);
  tell_inference(*inference);
  run::effective("attention", std::string(attention_name(*inference)));

  auto loaded = load(options, *opened, {*text, *label}, err);
  if (!loaded) return tl::unexpected<Error>(loaded.error());
  const auto model = load_weights(*opened, Head::needed);
  if (!model) return tl::unexpected<Error>(model.error());
  ProgressLine progress(err, shows_progress(options), &meter);
  auto answers = answer({*model, *inference}, loaded->examples, progress);
  progress.clear();

  const run::Stage stage("evaluate");
  metrics::Outputs outputs{.problem = labels.problem,
                           .outputs = static_cast<std::int64_t>(labels.names.size()),
                           .logits = std::move(answers.logits),
                           .classes = loaded->examples.classes,
                           .targets = loaded->examples.targets};
  EvaluationReport report;
  report.metric_options = {.labels = labels.names,
                           .threshold = threshold->probability,
                           .resamples = options.resamples,
                           .confidence = options.confidence,
                           .seed = options.seed};
  report.metrics = metrics::evaluate(outputs, report.metric_options);
  report.warnings = metrics::warnings(outputs, report.metric_options);
  report.model = options.model;
  report.data = options.data;
  report.text_column = *text;
  report.label_column = *label;
  report.labels = labels;
  report.rows_of_labels = rows_of_labels(outputs);
  report.rows = static_cast<std::uint64_t>(loaded->examples.size());
  report.bad_rows = loaded->bad_rows;
  report.tokens = loaded->examples.ids.size();
  report.seconds = answers.seconds;
  report.threshold = threshold->probability;
  report.threshold_from = threshold->from;
  report.settings = settings_of(options, *inference, *opened);
  report.flops = infer::forward_flops({opened->folder.config().architecture, outputs.outputs},
                                      loaded->examples, *inference);
  run::metric("evaluate_flops", static_cast<double>(report.flops));
  tell_metrics(report.metrics);
  if (!options.predictions.empty()) {
    const auto written = write_predictions_file(options.predictions,
                                                {loaded->examples, outputs, report.metric_options});
    if (!written) return tl::unexpected<Error>(written.error());
  }
  report.energy = meter.finish();
  return report;
}

}  // namespace turngreen::engine
