#include <algorithm>
#include <cmath>
#include <memory>
#include <numeric>

#include "score_table.h"

namespace turngreen::metrics {
namespace {

/// Pearson's correlation of weighted pairs, in two passes.
std::optional<double> correlation(std::span<const double> a, std::span<const double> b,
                                  Weights weights) {
  Mean mean_a;
  Mean mean_b;
  for (std::size_t row = 0; row < a.size(); ++row) {
    mean_a.add(a[row], weights[row]);
    mean_b.add(b[row], weights[row]);
  }
  double aa = 0;
  double bb = 0;
  double ab = 0;
  for (std::size_t row = 0; row < a.size(); ++row) {
    const double da = a[row] - *mean_a.value();
    const double db = b[row] - *mean_b.value();
    aa += weights[row] * da * da;
    bb += weights[row] * db * db;
    ab += weights[row] * da * db;
  }
  return aa > 0 && bb > 0 ? std::optional(ab / std::sqrt(aa * bb)) : std::nullopt;
}

/// Values sorted once; their ranks in any resample, the mean rank for equal ones.
class Ranks {
 public:
  explicit Ranks(std::span<const double> values) : values_(values.begin(), values.end()) {
    order_.resize(values.size());
    std::iota(order_.begin(), order_.end(), std::size_t{0});
    std::sort(order_.begin(), order_.end(),
              [&](std::size_t a, std::size_t b) { return values_[a] < values_[b]; });
  }

  std::vector<double> of(Weights weights) const {
    std::vector<double> ranks(order_.size());
    double before = 0;
    for (std::size_t begin = 0; begin < order_.size();) {
      std::size_t end = begin;
      double tied = 0;
      while (end < order_.size() && values_[order_[end]] == values_[order_[begin]]) {
        tied += weights[order_[end++]];
      }
      while (begin < end) ranks[order_[begin++]] = before + (tied + 1) / 2;
      before += tied;
    }
    return ranks;
  }

 private:
  std::vector<double> values_;
  std::vector<std::size_t> order_;
};

/// One target of a regression.
struct Column {
  std::vector<double> truth;
  std::vector<double> answered;
  Ranks truth_ranks;
  Ranks answered_ranks;
};

struct Figures {
  Mean mse, rmse, mae, r2, pearson, spearman;

  void add(const Column& column, Weights weights) {
    Mean squares;
    Mean absolutes;
    Mean truth;
    for (std::size_t row = 0; row < column.truth.size(); ++row) {
      const double difference = column.answered[row] - column.truth[row];
      squares.add(difference * difference, weights[row]);
      absolutes.add(std::abs(difference), weights[row]);
      truth.add(column.truth[row], weights[row]);
    }
    if (!squares.value()) return;
    Mean spread;
    for (std::size_t row = 0; row < column.truth.size(); ++row) {
      const double difference = column.truth[row] - *truth.value();
      spread.add(difference * difference, weights[row]);
    }
    mse.add(squares.value());
    rmse.add(std::sqrt(*squares.value()));
    mae.add(absolutes.value());
    if (*spread.value() > 0) r2.add(1 - *squares.value() / *spread.value());
    pearson.add(correlation(column.answered, column.truth, weights));
    spearman.add(
        correlation(column.answered_ranks.of(weights), column.truth_ranks.of(weights), weights));
  }
};

std::vector<Column> columns_of(const Outputs& outputs) {
  const auto count = static_cast<std::size_t>(outputs.outputs);
  std::vector<Column> columns;
  for (std::size_t k = 0; k < count; ++k) {
    std::vector<double> truth;
    std::vector<double> answered;
    for (std::size_t at = k; at < outputs.targets.size(); at += count) {
      truth.push_back(double{outputs.targets[at]});
      answered.push_back(double{outputs.logits[at]});
    }
    Ranks truth_ranks(truth);
    Ranks answered_ranks(answered);
    columns.push_back(
        {std::move(truth), std::move(answered), std::move(truth_ranks), std::move(answered_ranks)});
  }
  return columns;
}

}  // namespace

ScoreTable regression_scores(const Outputs& outputs) {
  // Shared by the copies that a std::function may make of what it holds.
  const auto columns = std::make_shared<const std::vector<Column>>(columns_of(outputs));
  const auto values = [columns](Weights weights) {
    Figures all;
    for (const Column& column : *columns) all.add(column, weights);
    return std::vector{all.mse.value(),     all.rmse.value(),     all.mae.value(), all.r2.value(),
                       all.pearson.value(), all.spearman.value(), all.mse.value()};
  };
  return {{"mse", "rmse", "mae", "r2", "pearson", "spearman", "loss"}, values};
}

}  // namespace turngreen::metrics
