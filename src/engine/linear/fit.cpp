#include "turngreen/engine/linear/fit.h"

#include <cmath>

#include "minimizer.h"

namespace turngreen::linear {
namespace {

using checkpoint::Problem;

/// Regression targets as they are learned: of mean 0 and variance 1, whatever their unit.
struct Units {
  std::vector<double> means;    ///< [outputs]
  std::vector<double> spreads;  ///< [outputs]
};

std::vector<float> balanced(const std::vector<std::int64_t>& classes, std::size_t labels) {
  std::vector<std::size_t> counts(labels);
  for (const std::int64_t one : classes) ++counts[static_cast<std::size_t>(one)];
  std::vector<float> weights;
  for (const std::int64_t one : classes) {
    const std::size_t count = counts[static_cast<std::size_t>(one)];
    weights.push_back(static_cast<float>(static_cast<double>(classes.size()) /
                                         static_cast<double>(labels * count)));
  }
  return weights;
}

Truth truth_of(const FitData& data) {
  const bool is_single = data.labels.problem == Problem::single_label;
  const std::size_t names = data.labels.names.size();
  Truth truth{.problem = data.labels.problem, .outputs = is_single && names == 2 ? 1 : names};
  truth.classes = data.examples.classes;
  truth.targets = data.examples.targets;
  truth.weights.assign(static_cast<std::size_t>(data.examples.size()), 1.0F);
  if (is_single && data.is_balanced) truth.weights = balanced(truth.classes, names);
  return truth;
}

Units units_of(const Truth& truth) {
  Units units{std::vector<double>(truth.outputs), std::vector<double>(truth.outputs, 1.0)};
  if (truth.problem != Problem::regression) return units;
  const auto rows = static_cast<double>(truth.rows());
  for (std::size_t k = 0; k < truth.outputs; ++k) {
    double sum = 0;
    for (std::size_t i = k; i < truth.targets.size(); i += truth.outputs) sum += truth.targets[i];
    units.means[k] = sum / rows;
    double squares = 0;
    for (std::size_t i = k; i < truth.targets.size(); i += truth.outputs)
      squares += std::pow(truth.targets[i] - units.means[k], 2);
    if (squares > 0) units.spreads[k] = std::sqrt(squares / rows);
  }
  return units;
}

void put_into(const Units& units, Truth& truth) {
  for (std::size_t i = 0; i < truth.targets.size(); ++i) {
    const std::size_t k = i % truth.outputs;
    truth.targets[i] = static_cast<float>((truth.targets[i] - units.means[k]) / units.spreads[k]);
  }
}

}  // namespace

struct Fit::Parts {
  Parts(const FitData& data, int threads)
      : ngrams(data.ngrams),
        labels(data.labels),
        matrix(data.examples),
        truth(truth_of(data)),
        units(units_of(truth)),
        minimizer(matrix, truth, threads) {
    put_into(units, truth);
  }

  Ngrams ngrams;
  checkpoint::Labels labels;
  NgramMatrix matrix;
  Truth truth;
  Units units;
  Minimizer minimizer;
};

Fit::Fit(const FitData& data, int threads) : parts_(std::make_unique<Parts>(data, threads)) {}
Fit::Fit(Fit&&) noexcept = default;
Fit& Fit::operator=(Fit&&) noexcept = default;
Fit::~Fit() = default;

FitProgress Fit::minimize(double l2, const FitLimits& limits) {
  return parts_->minimizer.minimize(l2, limits);
}

std::size_t Fit::features() const { return parts_->matrix.columns() - 1; }

LinearModel Fit::model() const {
  const auto buckets = parts_->matrix.buckets();
  const std::size_t outputs = parts_->truth.outputs;
  std::vector<float> weights = parts_->minimizer.weights();
  for (std::size_t i = 0; i < weights.size(); ++i)
    weights[i] *= static_cast<float>(parts_->units.spreads[i % outputs]);
  FittedWeights fitted{.buckets = {buckets.begin(), buckets.end()}};
  fitted.bias.assign(weights.end() - static_cast<std::ptrdiff_t>(outputs), weights.end());
  for (std::size_t k = 0; k < outputs; ++k)
    fitted.bias[k] += static_cast<float>(parts_->units.means[k]);
  weights.resize(weights.size() - outputs);
  fitted.weights = std::move(weights);
  return LinearModel(parts_->labels, parts_->ngrams, fitted);
}

}  // namespace turngreen::linear
