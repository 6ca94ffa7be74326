#include <algorithm>
#include <array>
#include <cmath>
#include <memory>

#include "class_counts.h"
#include "class_names.h"
#include "ranking.h"
#include "score_table.h"
#include "turngreen/engine/metrics/probabilities.h"

namespace turngreen::metrics {
namespace {

constexpr std::array kNames = {"f1_macro",          "mcc",      "accuracy", "balanced_accuracy",
                               "f1_weighted",       "f1_micro", "roc_auc",  "pr_auc",
                               "calibration_error", "brier",    "log_loss", "loss"};

/// Expected calibration error in 15 bins of equal width, as Guo et al. 2017: how far confidence in
/// the most probable class and its accuracy are apart.
constexpr std::size_t kBins = 15;

/// What is known of a row whatever its weight.
struct Answer {
  std::uint32_t truth = 0;
  std::uint32_t answered = 0;
  std::uint32_t bin = 0;      ///< of its confidence
  double confidence = 0;      ///< of the most probable class
  double confidence_gap = 0;  ///< confidence - (1 if the most probable class is right)
  double squares = 0;         ///< of the differences between probabilities and truth
  double loss = 0;            ///< -log of the probability of the truth
};

/// In logits, where a probability would be 0.
double cross_entropy(std::span<const float> logits, std::size_t truth) {
  const double largest = *std::max_element(logits.begin(), logits.end());
  double sum = 0;
  for (const float logit : logits) sum += std::exp(double{logit} - largest);
  return std::log(sum) + largest - double{logits[truth]};
}

Answer answer_of(std::span<const float> logits, std::span<const double> probabilities,
                 std::size_t truth, std::optional<double> threshold) {
  Answer answer;
  answer.truth = static_cast<std::uint32_t>(truth);
  answer.answered = static_cast<std::uint32_t>(answered_class(probabilities, threshold));
  const auto top = static_cast<std::size_t>(answered_class(probabilities, std::nullopt));
  answer.confidence = probabilities[top];
  answer.confidence_gap = answer.confidence - (top == truth ? 1 : 0);
  const double bin = std::ceil(answer.confidence * double{kBins}) - 1;  // (lower, upper]
  answer.bin = static_cast<std::uint32_t>(std::clamp(bin, 0.0, double{kBins - 1}));
  for (std::size_t k = 0; k < probabilities.size(); ++k) {
    const double difference = probabilities[k] - (k == truth ? 1 : 0);
    answer.squares += difference * difference;
  }
  // Of two classes both differences are the same: that of class 1 counts.
  if (probabilities.size() == 2) answer.squares /= 2;
  answer.loss = cross_entropy(logits, truth);
  return answer;
}

class Scores {
 public:
  Scores(const Outputs& outputs, const MetricOptions& options)
      : classes_(static_cast<std::size_t>(outputs.outputs)) {
    const std::size_t rows = outputs.classes.size();
    std::vector<std::vector<double>> scores(classes_ == 2 ? 1 : classes_);
    for (std::size_t row = 0; row < rows; ++row) {
      const auto logits = std::span(outputs.logits).subspan(row * classes_, classes_);
      const auto all = probabilities(logits, outputs.problem);
      const auto truth = static_cast<std::size_t>(outputs.classes[row]);
      answers_.push_back(answer_of(logits, all, truth, options.threshold));
      // The difference of logits orders rows where probabilities have become equal to 1.
      if (classes_ == 2) scores[0].push_back(double{logits[1]} - double{logits[0]});
      if (classes_ != 2)
        for (std::size_t k = 0; k < classes_; ++k) scores[k].push_back(all[k]);
    }
    for (std::size_t k = 0; k < scores.size(); ++k) {
      const std::size_t positive = classes_ == 2 ? 1 : k;
      std::vector<std::uint8_t> is_positive;
      for (const Answer& answer : answers_) is_positive.push_back(answer.truth == positive ? 1 : 0);
      rankings_.emplace_back(scores[k], is_positive);
    }
  }

  std::vector<std::optional<double>> values(Weights weights) const {
    std::vector<ClassCount> counts(classes_);
    std::array<double, kBins> gaps{};
    Mean squares;
    Mean losses;
    double rows = 0;
    for (std::size_t row = 0; row < answers_.size(); ++row) {
      const double weight = weights[row];
      const Answer& answer = answers_[row];
      counts[answer.truth].truth += weight;
      counts[answer.answered].answered += weight;
      if (answer.truth == answer.answered) counts[answer.truth].correct += weight;
      gaps[answer.bin] += weight * answer.confidence_gap;
      squares.add(answer.squares, weight);
      losses.add(answer.loss, weight);
      rows += weight;
    }
    double gap = 0;
    for (const double sum : gaps) gap += std::abs(sum);
    Mean roc;
    Mean precision_recall;
    for (const Ranking& ranking : rankings_) {
      const auto areas = ranking.areas(weights);
      roc.add(areas.roc);
      precision_recall.add(areas.precision_recall);
    }
    std::vector<std::optional<double>> all = {macro_f1(counts),
                                              matthews(counts),
                                              accuracy(counts),
                                              balanced_accuracy(counts),
                                              weighted_f1(counts),
                                              micro_f1(counts),
                                              roc.value(),
                                              precision_recall.value(),
                                              rows > 0 ? std::optional(gap / rows) : std::nullopt,
                                              squares.value(),
                                              losses.value(),
                                              losses.value()};
    for (const ClassCount& count : counts) {
      all.insert(all.end(), {precision(count), recall(count), f1(count)});
    }
    return all;
  }

 private:
  std::size_t classes_;
  std::vector<Answer> answers_;
  std::vector<Ranking> rankings_;  ///< of class 1, or of each class against the rest
};

}  // namespace

ScoreTable single_label_scores(const Outputs& outputs, const MetricOptions& options) {
  ScoreTable table;
  table.names.assign(kNames.begin(), kNames.end());
  add_class_figures(table.names, options, static_cast<std::size_t>(outputs.outputs));
  // Shared by the copies that a std::function may make of what it holds.
  const auto scores = std::make_shared<const Scores>(outputs, options);
  table.values = [scores](Weights weights) { return scores->values(weights); };
  return table;
}

}  // namespace turngreen::metrics
