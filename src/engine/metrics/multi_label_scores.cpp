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

constexpr std::array kNames = {"f1_macro", "accuracy", "f1_weighted", "f1_micro", "roc_auc",
                               "pr_auc",   "brier",    "log_loss",    "loss"};

/// log(1 + e^x) - truth * x, without overflow.
double binary_cross_entropy(double logit, double truth) {
  return std::max(logit, 0.0) + std::log1p(std::exp(-std::abs(logit))) - truth * logit;
}

class Scores {
 public:
  Scores(const Outputs& outputs, const MetricOptions& options)
      : labels_(static_cast<std::size_t>(outputs.outputs)) {
    const std::size_t rows = labels_ == 0 ? 0 : outputs.targets.size() / labels_;
    std::vector<std::vector<double>> scores(labels_);
    std::vector<std::vector<std::uint8_t>> positive(labels_);
    for (std::size_t row = 0; row < rows; ++row) {
      const auto logits = std::span(outputs.logits).subspan(row * labels_, labels_);
      const auto all = probabilities(logits, outputs.problem);
      const auto answered = answered_labels(all, options.threshold);
      double loss = 0;
      double squares = 0;
      bool is_right = true;
      for (std::size_t k = 0; k < labels_; ++k) {
        const bool truth = outputs.targets[row * labels_ + k] >= 0.5F;
        truth_.push_back(truth ? 1 : 0);
        positive[k].push_back(truth ? 1 : 0);
        scores[k].push_back(double{logits[k]});
        is_right = is_right && truth == (answered[k] == 1);
        loss += binary_cross_entropy(double{logits[k]}, truth ? 1 : 0);
        squares += (all[k] - (truth ? 1 : 0)) * (all[k] - (truth ? 1 : 0));
      }
      answered_.insert(answered_.end(), answered.begin(), answered.end());
      is_right_.push_back(is_right ? 1 : 0);
      losses_.push_back(loss / static_cast<double>(labels_));
      squares_.push_back(squares / static_cast<double>(labels_));
    }
    for (std::size_t k = 0; k < labels_; ++k) rankings_.emplace_back(scores[k], positive[k]);
  }

  std::vector<std::optional<double>> values(Weights weights) const {
    std::vector<ClassCount> counts(labels_);
    Mean right;
    Mean losses;
    Mean squares;
    for (std::size_t row = 0; row < is_right_.size(); ++row) {
      const double weight = weights[row];
      right.add(is_right_[row], weight);
      losses.add(losses_[row], weight);
      squares.add(squares_[row], weight);
      for (std::size_t k = 0; k < labels_; ++k) {
        const std::size_t at = row * labels_ + k;
        counts[k].truth += weight * truth_[at];
        counts[k].answered += weight * answered_[at];
        counts[k].correct += weight * (truth_[at] & answered_[at]);
      }
    }
    Mean roc;
    Mean precision_recall;
    for (const Ranking& ranking : rankings_) {
      const auto areas = ranking.areas(weights);
      roc.add(areas.roc);
      precision_recall.add(areas.precision_recall);
    }
    std::vector<std::optional<double>> all = {
        macro_f1(counts), right.value(),  weighted_f1(counts),
        micro_f1(counts), roc.value(),    precision_recall.value(),
        squares.value(),  losses.value(), losses.value()};
    for (const ClassCount& count : counts) {
      all.insert(all.end(), {precision(count), recall(count), f1(count)});
    }
    return all;
  }

 private:
  std::size_t labels_;
  std::vector<std::uint8_t> truth_;     ///< [rows, labels]
  std::vector<std::uint8_t> answered_;  ///< [rows, labels]
  std::vector<std::uint8_t> is_right_;  ///< [rows]: in all labels
  std::vector<double> losses_;          ///< [rows]
  std::vector<double> squares_;         ///< [rows]
  std::vector<Ranking> rankings_;       ///< of each label
};

}  // namespace

ScoreTable multi_label_scores(const Outputs& outputs, const MetricOptions& options) {
  ScoreTable table;
  table.names.assign(kNames.begin(), kNames.end());
  add_class_figures(table.names, options, static_cast<std::size_t>(outputs.outputs));
  // Shared by the copies that a std::function may make of what it holds.
  const auto scores = std::make_shared<const Scores>(outputs, options);
  table.values = [scores](Weights weights) { return scores->values(weights); };
  return table;
}

}  // namespace turngreen::metrics
