#include "quality_metric.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <tuple>

#include "name_parts.h"
#include "turngreen/explore/classification_scores.h"
#include "turngreen/units/nearest_word.h"
#include "turngreen/units/text.h"

namespace turngreen::report {
namespace {

using explore::Score;
using units::in_quotes;

/// Words of metrics that are better the lower they are.
constexpr std::array<std::string_view, 11> kLosses{
    "loss", "perplexity", "error", "err", "wer", "cer", "mae", "mse", "rmse", "ppl", "brier"};
/// Words of what is no quality at all.
constexpr std::array<std::string_view, 18> kNoQuality{
    "runtime", "second", "seconds", "epoch",  "step",    "steps",     "samples", "time", "duration",
    "energy",  "power",  "kwh",     "joules", "latency", "emissions", "memory",  "flos", "rate"};

bool holds_any(const NameWords& words, std::span<const std::string_view> known) {
  return std::ranges::any_of(words, [&](const std::string& word) {
    return std::ranges::find(known, word) != known.end();
  });
}

bool holds(const NameWords& words, std::string_view word) {
  return std::ranges::find(words, word) != words.end();
}

/// The less, the rather it is taken for the quality; absent: it is no score.
std::optional<int> rank_of(const std::string& name) {
  const NameWords words = words_of(name);
  if (holds_any(words, kLosses) || holds_any(words, kNoQuality)) return std::nullopt;
  const auto score = explore::parse_score(name);
  if (score == Score::f1_macro) return 0;
  if (score == Score::mcc || holds(words, "mcc")) return 1;
  if (score == Score::f1_weighted || holds(words, "f1")) return 2;
  if (score == Score::balanced_accuracy) return 3;
  if (holds(words, "auc") || holds(words, "auroc") || holds(words, "roc")) return 4;
  if (score == Score::accuracy || holds(words, "accuracy") || holds(words, "acc")) return 5;
  constexpr std::array<std::string_view, 12> kOtherScores{"bleu", "rouge", "rougel", "r2",
                                                          "map",  "ndcg",  "recall", "score",
                                                          "em",   "dice",  "iou",    "precision"};
  if (holds_any(words, kOtherScores)) return 6;
  return std::nullopt;
}

/// The rows that a metric is of.
int split_rank(const std::string& name) {
  const NameWords words = words_of(name);
  if (holds(words, "test")) return 0;
  if (holds(words, "train") || holds(words, "training")) return 2;
  return 1;
}

using Counts = std::map<std::string, std::size_t>;

Result<std::optional<QualityMetric>> asked_for(const Counts& counts, std::size_t runs,
                                               const std::string& asked) {
  const auto found = counts.find(asked);
  if (found == counts.end()) {
    std::vector<std::string> names;
    for (const auto& [name, count] : counts) names.push_back(name);
    const auto nearest = units::nearest_word(asked, names);
    return fail(Error::Kind::not_found,
                fmt::format("no run has a metric {}{}; {}", in_quotes(asked),
                            nearest ? fmt::format("; did you mean {}?", in_quotes(*nearest)) : "",
                            names.empty() ? std::string("none has any")
                                          : fmt::format("there are {}", fmt::join(names, ", "))));
  }
  QualityMetric metric;
  metric.name = asked;
  metric.higher_is_better = !holds_any(words_of(asked), kLosses);
  metric.why = "as --metric says";
  metric.lacking = runs - found->second;
  return metric;
}

}  // namespace

Result<std::optional<QualityMetric>> choose_quality(
    std::span<const std::vector<pipeline::Metric>> runs, std::string_view asked) {
  Counts counts;
  for (const auto& metrics : runs) {
    for (const auto& metric : metrics) ++counts[metric.name];
  }
  if (!asked.empty()) return asked_for(counts, runs.size(), std::string(asked));

  // Runs without it, rows that it is of, kind, name.
  std::set<std::tuple<std::size_t, int, int, std::string>> candidates;
  for (const auto& [name, count] : counts) {
    if (const auto rank = rank_of(name)) {
      candidates.emplace(runs.size() - count, split_rank(name), *rank, name);
    }
  }
  if (candidates.empty()) return std::optional<QualityMetric>();
  QualityMetric metric;
  metric.lacking = std::get<0>(*candidates.begin());
  metric.name = std::get<3>(*candidates.begin());
  for (const auto& candidate : candidates) {
    if (std::get<3>(candidate) != metric.name) metric.others.push_back(std::get<3>(candidate));
  }
  metric.why = metric.lacking > 0      ? "the score that most runs have"
               : metric.others.empty() ? "the only score that all runs have"
                                       : fmt::format("before {}", fmt::join(metric.others, ", "));
  return metric;
}

}  // namespace turngreen::report
