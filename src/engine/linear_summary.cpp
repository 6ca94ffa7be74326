#include "linear_summary.h"

#include <fmt/format.h>

#include <array>
#include <nlohmann/json.hpp>

#include "energy_json.h"
#include "train/best_evaluation.h"

namespace turngreen::engine {
namespace {

using nlohmann::ordered_json;

ordered_json json_of(const LinearAttempt& attempt) {
  ordered_json json = {
      {"l2", attempt.l2}, {"train_loss", attempt.loss}, {"has_converged", attempt.has_converged}};
  if (!attempt.evaluation) return json;
  json["step"] = attempt.evaluation->step;
  json["threshold"] = attempt.evaluation->threshold ? ordered_json(*attempt.evaluation->threshold)
                                                    : ordered_json(nullptr);
  for (const metrics::Metric& metric : attempt.evaluation->metrics)
    json[metric.name] = metric.value ? ordered_json(*metric.value) : ordered_json(nullptr);
  json["warnings"] = attempt.evaluation->warnings;
  return json;
}

}  // namespace

std::string linear_summary_text(const LinearSummary& summary) {
  const LinearAttempt& kept = summary.attempts[summary.kept];
  std::string text = fmt::format(
      "  trained      {} rows, {} features in {} iterations and {:.2f} s, loss {:.4f}, l2 {}{}\n",
      summary.samples, summary.features, summary.steps, summary.train_seconds, kept.loss, kept.l2,
      kept.has_converged ? "" : " (not converged: a larger --max-steps would)");
  if (summary.energy) text += fmt::format("  energy       {}\n", to_text(*summary.energy));
  if (kept.evaluation) {
    constexpr std::array<std::string_view, 6> kTold{"loss",     "f1_macro", "mcc",
                                                    "accuracy", "roc_auc",  "r2"};
    text += "  validation   ";
    const char* separator = "";
    for (const std::string_view name : kTold) {
      const auto value = train::value_of(*kept.evaluation, name);
      if (!value) continue;
      text += fmt::format("{}{} {:.4f}", separator, name, *value);
      separator = ", ";
    }
    text += '\n';
    if (kept.evaluation->threshold)
      text += fmt::format("  threshold    {:.4g}\n", *kept.evaluation->threshold);
    for (const std::string& warning : kept.evaluation->warnings)
      text += fmt::format("  warning      {}\n", warning);
  }
  if (summary.bad_rows > 0) text += fmt::format("  left out     {} bad rows\n", summary.bad_rows);
  return text + fmt::format("  model        {}\n", summary.arguments.output);
}

std::string linear_summary_json(const LinearSummary& summary) {
  const LinearTrainArguments& arguments = summary.arguments;
  const LinearAttempt& kept = summary.attempts[summary.kept];
  const double seconds = summary.train_seconds;
  ordered_json json = {{"output", arguments.output},
                       {"steps", summary.steps},
                       {"train_loss", kept.loss},
                       {"train_seconds", seconds},
                       {"train_samples", summary.samples},
                       {"train_tokens", summary.ngrams},
                       {"train_flops", summary.train_flops},
                       {"energy", energy_json(summary.energy)},
                       {"train_samples_per_second",
                        seconds > 0 ? static_cast<double>(summary.samples) / seconds : 0},
                       {"validation", kept.evaluation ? json_of(kept) : ordered_json(nullptr)},
                       {"features", summary.features},
                       {"bad_rows", summary.bad_rows},
                       {"settings",
                        {{"model_family", "hashed_linear"},
                         {"ngrams", name_of(arguments.ngrams)},
                         {"l2", kept.l2},
                         {"class_weights", arguments.is_balanced ? "balanced" : "equal"},
                         {"threads", arguments.common.threads},
                         {"seed", arguments.seed}}},
                       {"evaluations", ordered_json::array()}};
  for (const LinearAttempt& attempt : summary.attempts)
    json["evaluations"].push_back(json_of(attempt));
  return json.dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace turngreen::engine
