#include "train_summary.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "energy_json.h"

namespace turngreen::engine {
namespace {

using nlohmann::ordered_json;
using train::Evaluation;

const Evaluation* kept(const TrainSummary& summary) {
  return train::kept_evaluation(summary.training.state(), summary.arguments.options.keeps_best);
}

std::string evaluation_text(std::string_view rows, const Evaluation& evaluation) {
  constexpr std::array<std::string_view, 6> kTold{"loss",     "f1_macro", "mcc",
                                                  "accuracy", "roc_auc",  "r2"};
  std::vector<std::string> figures;
  for (const metrics::Metric& metric : evaluation.metrics) {
    if (metric.value && std::find(kTold.begin(), kTold.end(), metric.name) != kTold.end())
      figures.push_back(fmt::format("{} {:.4f}", metric.name, *metric.value));
  }
  std::string text =
      fmt::format("  {:<13}{}, of step {}\n", rows, fmt::join(figures, ", "), evaluation.step);
  if (evaluation.threshold) text += fmt::format("  threshold    {:.4g}\n", *evaluation.threshold);
  for (const std::string& warning : evaluation.warnings)
    text += fmt::format("  warning      {}\n", warning);
  return text;
}

ordered_json json_of(const Evaluation& evaluation) {
  ordered_json json = {{"step", evaluation.step},
                       {"epoch", evaluation.epoch},
                       {"threshold", evaluation.threshold ? ordered_json(*evaluation.threshold)
                                                          : ordered_json(nullptr)}};
  for (const metrics::Metric& metric : evaluation.metrics)
    json[metric.name] = metric.value ? ordered_json(*metric.value) : ordered_json(nullptr);
  json["warnings"] = evaluation.warnings;
  return json;
}

ordered_json settings_json(const TrainSummary& summary) {
  const train::TrainOptions& options = summary.arguments.options;
  const DataOptions& data = summary.arguments.data;
  return {{"epochs", options.epochs},
          {"batch_size", options.batch_size},
          {"gradient_accumulation", options.gradient_accumulation},
          {"learning_rate", options.learning_rate},
          {"lr_scheduler_type", name_of(options.schedule)},
          {"max_length", summary.max_length},
          {"precision", name_in(kPrecisions, options.precision)},
          {"device", summary.device},
          {"threads", summary.arguments.compute.threads},
          {"attention", attention_name(options)},
          {"compile", name_in(kCompile, options.kernels)},
          {"batching", name_of(options.batching)},
          {"layers_dropped", summary.training.model().dropped_layers().count},
          {"dedup", name_in(kDedups, data.dedup.dedup)},
          {"sample_fraction", data.sample.fraction},
          {"sampling", name_in(kSamplings, data.sample.sampling)},
          {"token_cache", name_in(kTokenCaches, data.token_cache)},
          {"inference_engine", name_in(kInferenceEngines, options.inference.engine)},
          {"inference_precision", name_in(kInferencePrecisions, options.inference.precision)},
          {"inference_batching", name_in(kInferenceBatchings, options.inference.batching)},
          {"seed", options.seed}};
}

}  // namespace

std::string train_summary_text(const TrainSummary& summary) {
  const train::TrainingState& state = summary.training.state();
  const TrainingPace& pace = summary.pace;
  std::string text =
      fmt::format("  trained      {} steps ({:.3g} epochs), {:.1f} samples/s, {:.0f} tokens/s",
                  state.step, summary.training.plan().epochs_after(state.step),
                  pace.samples_per_second(), pace.tokens_per_second());
  if (!state.log.empty()) text += fmt::format(", loss {:.4f}", state.log.back().loss);
  text += '\n';
  if (summary.energy) text += fmt::format("  energy       {}\n", to_text(*summary.energy));
  if (const Evaluation* evaluation = kept(summary))
    text += evaluation_text("validation", *evaluation);
  if (summary.test) text += evaluation_text("test", *summary.test);
  const auto& report = summary.training.model().load_report();
  if (!report.fresh.empty())
    text += fmt::format("  new weights  {}\n", fmt::join(report.fresh, ", "));
  if (!report.mismatched.empty())
    text += fmt::format("  new weights  {}\n", fmt::join(report.mismatched, ", "));
  text += training_rows_text(summary.rows);
  return text + fmt::format("  model        {}\n", summary.arguments.output);
}

std::string train_summary_json(const TrainSummary& summary) {
  const train::TrainingState& state = summary.training.state();
  const auto& report = summary.training.model().load_report();
  const Evaluation* evaluation = kept(summary);
  ordered_json json = {{"output", summary.arguments.output},
                       {"steps", state.step},
                       {"epochs", summary.training.plan().epochs_after(state.step)},
                       {"train_loss", state.log.empty() ? ordered_json(nullptr)
                                                        : ordered_json(state.log.back().loss)},
                       {"train_seconds", summary.pace.seconds},
                       {"train_samples", summary.pace.samples},
                       {"train_tokens", summary.pace.tokens},
                       {"train_flops", summary.pace.flops},
                       {"energy", energy_json(summary.energy)},
                       {"train_samples_per_second", summary.pace.samples_per_second()},
                       {"train_tokens_per_second", summary.pace.tokens_per_second()},
                       {"validation", evaluation ? json_of(*evaluation) : ordered_json(nullptr)},
                       {"test", summary.test ? json_of(*summary.test) : ordered_json(nullptr)},
                       {"initialised_anew", report.fresh},
                       {"mismatched", report.mismatched},
                       {"unused", report.unused},
                       {"bad_rows", summary.rows.bad_rows},
                       {"rows", training_rows_json(summary.rows)},
                       {"settings", settings_json(summary)},
                       {"log", ordered_json::array()},
                       {"evaluations", ordered_json::array()}};
  for (const train::LogEntry& entry : state.log) {
    json["log"].push_back({{"step", entry.step},
                           {"epoch", entry.epoch},
                           {"loss", entry.loss},
                           {"grad_norm", entry.gradient_norm},
                           {"learning_rate", entry.learning_rate}});
  }
  for (const Evaluation& one : state.evaluations) json["evaluations"].push_back(json_of(one));
  return json.dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace turngreen::engine
