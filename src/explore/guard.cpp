#include "turngreen/explore/guard.h"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "turngreen/explore/classification_scores.h"
#include "turngreen/explore/paired_bootstrap.h"
#include "turngreen/units/text.h"

namespace turngreen::explore {
namespace {

using Ruling = GuardVerdict::Ruling;

/// Two scores that were computed alike differ by less.
constexpr double kSameScore = 1e-9;
/// A metric written with at least so many decimals is compared in those it has; with fewer, honest
/// scores would meet the majority's by chance.
constexpr int kFewestDecimals = 4;

/// How far a score may be from the one that it was rounded from.
double rounding_of(double score) {
  const std::string text = fmt::format("{}", score);
  const auto point = text.find('.');
  if (point == std::string::npos || text.find('e') != std::string::npos) return kSameScore;
  const auto decimals = static_cast<int>(text.size() - point - 1);
  if (decimals < kFewestDecimals) return kSameScore;
  return std::max(kSameScore, 0.5 * std::pow(10.0, -decimals) * (1 + kSameScore));
}

std::string with_thousands(std::uint64_t count) {
  std::string digits = fmt::format("{}", count);
  for (std::size_t end = digits.size(); end > 3; end -= 3) digits.insert(end - 3, 1, ',');
  return digits;
}

const double* find_metric(std::span<const pipeline::Metric> metrics, std::string_view name) {
  const auto found = std::ranges::find(metrics, name, &pipeline::Metric::name);
  return found == metrics.end() ? nullptr : &found->value;
}

/// What always answering the majority class scores, and from how many rows that is known.
struct Majority {
  double score = 0;
  std::uint64_t rows = 0;
  std::uint64_t all_rows = 0;

  Majority(Score kind, std::span<const std::uint64_t> class_counts)
      : score(majority_score(kind, class_counts)),
        rows(class_counts[majority_class(class_counts)]) {
    for (const std::uint64_t count : class_counts) all_rows += count;
  }
  std::string in_words() const {
    return fmt::format("the majority class of {} of {} rows scores", with_thousands(rows),
                       with_thousands(all_rows));
  }
};

/// "its weighted F1 0.95368 is exactly what the majority class of ... scores"; empty: it is above.
std::string not_above(const Majority& majority, Score kind, double value) {
  const bool percent = value > 1 && value <= 100;
  const double score = percent ? value / 100 : value;
  const std::string said =
      fmt::format("its {} {:.6g}{}", to_string(kind), value, percent ? " (read as percent)" : "");
  const double off = std::abs(score - majority.score);
  if (off <= kSameScore) return fmt::format("{} is exactly what {}", said, majority.in_words());
  if (off <= rounding_of(value) / (percent ? 100 : 1)) {
    return fmt::format("{} is, as far as it is written, what {}", said, majority.in_words());
  }
  if (score < majority.score) {
    return fmt::format("{} is below the {:.6g} that {}", said, majority.score, majority.in_words());
  }
  return {};
}

GuardVerdict judge_finite(std::span<const pipeline::Metric> metrics) {
  for (const pipeline::Metric& metric : metrics) {
    if (std::isfinite(metric.value)) continue;
    return {Ruling::degenerate,
            fmt::format("the metric {} is {}, no finite number", metric.name, metric.value)};
  }
  return {};
}

/// Matthews correlation with its 95 % interval: it is 0 for whoever always says the same.
units::Bounded<double> correlation_of(const PairedAnswers& against_majority) {
  const ScoreDrop drop = paired_bootstrap(Score::mcc, against_majority);
  return {drop.candidate, -drop.drop.high, -drop.drop.low};
}

std::string in_words(const units::Bounded<double>& correlation) {
  return fmt::format("its MCC {:.4f} ({:.4f} .. {:.4f}) is not above 0", correlation.value,
                     correlation.low, correlation.high);
}

struct KnownClasses {
  std::size_t true_ones = 0;
  std::size_t predicted_ones = 0;
};

KnownClasses known_classes(std::span<const ClassCount> counts) {
  KnownClasses known;
  for (const ClassCount& count : counts) {
    if (count.truth > 0) ++known.true_ones;
    if (count.predicted > 0) ++known.predicted_ones;
  }
  return known;
}

/// Which class the predictions all are, and what that is worth.
std::string always_answers(const Predictions& predictions, std::optional<Score> kind,
                           const double* reported) {
  const Score shown = kind.value_or(Score::accuracy);
  const Majority majority(shown, predictions.truth_counts());
  const double scored =
      score_of(shown, tally(predictions.truth, predictions.predicted, predictions.classes.size()));
  const std::string comparison = not_above(majority, shown, kind && reported ? *reported : scored);
  std::string text =
      fmt::format("always answers class {}",
                  units::in_quotes(predictions.classes[predictions.predicted.front()]));
  // A metric of another split may say anything; that all answers are the same stays.
  if (comparison.empty()) {
    return text + fmt::format(" in all {} rows", with_thousands(predictions.rows()));
  }
  return text + ": " + comparison;
}

GuardVerdict judge_predictions(const Predictions& predictions, std::optional<Score> kind,
                               const double* reported) {
  const ClassTally counts =
      tally(predictions.truth, predictions.predicted, predictions.classes.size());
  const KnownClasses known = known_classes(counts);
  if (known.true_ones == 1) {
    return {Ruling::suspicious,
            fmt::format("all {} rows are of class {}, so the predictions tell nothing",
                        with_thousands(predictions.rows()),
                        units::in_quotes(predictions.classes[predictions.truth.front()]))};
  }
  if (known.predicted_ones == 1) {
    return {Ruling::degenerate, always_answers(predictions, kind, reported)};
  }

  const PairedAnswers answers = pair_with_majority(predictions);
  const units::Bounded<double> correlation = correlation_of(answers);
  const bool correlated = correlation.low > 0;
  if (known.predicted_ones < known.true_ones && !correlated) {
    return {Ruling::degenerate,
            fmt::format("answers only {} of {} classes, and {}", known.predicted_ones,
                        known.true_ones, in_words(correlation))};
  }
  if (!kind) return {};
  const Majority majority(*kind, predictions.truth_counts());
  const double scored = score_of(*kind, counts);
  if (std::string found = not_above(majority, *kind, scored); !found.empty()) {
    if (correlated) {
      found += fmt::format(
          "; its MCC of {:.4f} is above 0, so macro-F1 or MCC may tell more than this metric",
          correlation.value);
    }
    return {Ruling::degenerate, std::move(found)};
  }
  const ScoreDrop against = paired_bootstrap(*kind, answers);
  if (against.drop.high >= 0 && !correlated) {
    return {Ruling::degenerate,
            fmt::format("its {} {:.6g} exceeds the {:.6g} that {} by less than its noise, and {}",
                        to_string(*kind), scored, majority.score, majority.in_words(),
                        in_words(correlation))};
  }
  return {};
}

}  // namespace

GuardVerdict judge(const study::QualityBudget& quality, std::span<const pipeline::Metric> metrics,
                   const Predictions* predictions) {
  if (GuardVerdict verdict = judge_finite(metrics); verdict.ruling != Ruling::sound) {
    return verdict;
  }
  const auto kind = quality.higher_is_better ? parse_score(quality.metric) : std::nullopt;
  const double* const reported = find_metric(metrics, quality.metric);
  GuardVerdict verdict;
  if (predictions != nullptr && predictions->rows() > 0) {
    verdict = judge_predictions(*predictions, kind, reported);
    if (verdict.ruling == Ruling::degenerate) return verdict;
  }
  std::vector<std::uint64_t> class_counts = quality.class_counts;
  if (class_counts.empty() && predictions != nullptr && verdict.ruling == Ruling::sound) {
    class_counts = predictions->truth_counts();
  }
  const bool known = std::ranges::any_of(class_counts, [](auto count) { return count > 0; });
  if (!kind || reported == nullptr || !known) return verdict;
  std::string found = not_above(Majority(*kind, class_counts), *kind, *reported);
  if (found.empty()) return verdict;
  return {Ruling::degenerate, std::move(found)};
}

GuardVerdict judge(const study::QualityBudget& quality, const pipeline::Outcome& outcome) {
  if (!outcome.predictions) return judge(quality, outcome.metrics);
  const auto predictions =
      load_predictions(*outcome.predictions,
                       {.truth = quality.truth_column, .predicted = quality.prediction_column});
  if (predictions) return judge(quality, outcome.metrics, &*predictions);
  GuardVerdict verdict = judge(quality, outcome.metrics);
  if (verdict.ruling == Ruling::sound) {
    verdict = {Ruling::suspicious,
               fmt::format("its predictions cannot be read: {}", predictions.error().message)};
  }
  return verdict;
}

}  // namespace turngreen::explore
