#include "minimizer.h"

#include <cmath>
#include <utility>

namespace turngreen::linear {
namespace {

constexpr std::size_t kPairs = 8;             ///< that are remembered
constexpr double kSufficientDecrease = 1e-4;  ///< Armijo's condition
constexpr int kMostHalvings = 30;

}  // namespace

Minimizer::Minimizer(const NgramMatrix& matrix, const Truth& truth, int threads)
    : matrix_(matrix), truth_(truth), threads_(threads), point_(zero()) {}

Minimizer::Point Minimizer::zero() const {
  const std::vector<float> none(matrix_.rows() * truth_.outputs);
  return {.weights = {none, none}, .slopes = none};
}

void Minimizer::evaluate(Point& point, double l2) const {
  point.loss = loss(truth_, point.weights.answers, threads_, point.slopes);
  point.value = point.loss + l2 / 2 * dot(point.weights, point.weights);
}

RowSum Minimizer::gradient(const Point& point, double l2) {
  RowSum sum{.coefficients = point.slopes, .answers = std::vector<float>(point.slopes.size())};
  for (std::size_t i = 0; i < sum.coefficients.size(); ++i)
    sum.coefficients[i] += static_cast<float>(l2) * point.weights.coefficients[i];
  std::vector<float> weights(matrix_.columns() * truth_.outputs);
  matrix_.multiply_transposed(sum.coefficients, truth_.outputs, threads_, weights);
  matrix_.multiply(weights, truth_.outputs, threads_, sum.answers);
  flops_ += 4 * static_cast<double>(matrix_.entries()) * static_cast<double>(truth_.outputs);
  return sum;
}

RowSum Minimizer::direction(const RowSum& gradient) const {
  RowSum result = gradient;
  result.scale(-1);
  std::vector<double> shares(pairs_.size());
  for (std::size_t n = pairs_.size(); n-- > 0;) {
    shares[n] = dot(pairs_[n].step, result) / pairs_[n].product;
    result.add(-shares[n], pairs_[n].change);
  }
  if (!pairs_.empty()) {
    const Pair& last = pairs_.back();
    result.scale(last.product / dot(last.change, last.change));
  }
  for (std::size_t n = 0; n < pairs_.size(); ++n) {
    const double share = dot(pairs_[n].change, result) / pairs_[n].product;
    result.add(shares[n] - share, pairs_[n].step);
  }
  return result;
}

/// To a point along the direction where the value is sufficiently smaller, if there is one.
bool Minimizer::advance(const RowSum& direction, double slope, double l2) {
  // Without pairs nothing tells how far the first step should go.
  double length = pairs_.empty() ? 1 / std::sqrt(-slope) : 1;
  for (int halvings = 0; halvings < kMostHalvings; ++halvings, length /= 2) {
    Point next{.weights = point_.weights, .slopes = std::vector<float>(point_.slopes.size())};
    next.weights.add(length, direction);
    evaluate(next, l2);
    if (!(next.value <= point_.value + kSufficientDecrease * length * slope)) continue;
    point_ = std::move(next);
    return true;
  }
  return false;
}

void Minimizer::remember(RowSum step, RowSum change) {
  const double product = dot(step, change);
  if (!(product > 0)) return;
  if (pairs_.size() == kPairs) pairs_.pop_front();
  pairs_.push_back({std::move(step), std::move(change), product});
}

FitProgress Minimizer::minimize(double l2, const FitLimits& limits) {
  // Gradients under another l2 tell nothing of this one.
  pairs_.clear();
  evaluate(point_, l2);
  RowSum slope = gradient(point_, l2);
  bool has_converged = false;
  for (std::int64_t n = 0; n < limits.iterations; ++n) {
    // As strongly convex as it is, the value is at most |gradient|^2 / (2 l2) above its minimum.
    has_converged = dot(slope, slope) / (2 * l2) <= limits.tolerance * point_.value;
    if (has_converged || !std::isfinite(point_.value)) break;
    const RowSum ahead = direction(slope);
    RowSum step = point_.weights;
    if (!advance(ahead, dot(ahead, slope), l2)) break;
    step.scale(-1);
    step.add(1, point_.weights);
    RowSum change = slope;
    slope = gradient(point_, l2);
    change.scale(-1);
    change.add(1, slope);
    remember(std::move(step), std::move(change));
    ++iterations_;
    if (limits.go_on && !limits.go_on()) break;
  }
  return {.iterations = iterations_,
          .flops = flops_,
          .loss = point_.loss / static_cast<double>(truth_.rows()),
          .has_converged = has_converged};
}

std::vector<float> Minimizer::weights() const {
  std::vector<float> weights(matrix_.columns() * truth_.outputs);
  matrix_.multiply_transposed(point_.weights.coefficients, truth_.outputs, threads_, weights);
  return weights;
}

}  // namespace turngreen::linear
