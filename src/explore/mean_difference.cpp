#include "mean_difference.h"

#include <cmath>

#include "student_t.h"

namespace turngreen::explore {
namespace {

struct Spread {
  double error = 0;    ///< standard error
  double freedom = 0;  ///< degrees of freedom
};

/// One and two runs borrow; more tell their own scatter (see repeat_mean).
bool borrowed(const RepeatMean& mean) { return mean.freedom >= mean.runs; }

Spread spread_of_difference(const RepeatMean& from, const RepeatMean& to, double from_error,
                            double to_error) {
  const double a = from_error * from_error;
  const double b = to_error * to_error;
  const auto from_freedom = static_cast<double>(from.freedom);
  if (borrowed(from) && borrowed(to) && from.freedom == to.freedom) {
    return {std::sqrt(a + b), from_freedom};
  }
  const double denominator = a * a / from_freedom + b * b / static_cast<double>(to.freedom);
  // Without any scatter the degrees of freedom do not matter.
  const double freedom = denominator > 0 ? (a + b) * (a + b) / denominator : from_freedom;
  return {std::sqrt(a + b), freedom};
}

/// Two-sided; values that are the same to the last digit differ for certain, or not at all.
double p_value(double value, const Spread& spread) {
  if (spread.error > 0) return student_two_sided(value / spread.error, spread.freedom);
  return value == 0 ? 1 : 0;
}

}  // namespace

MeanDifference difference(const RepeatMean& from, const RepeatMean& to) {
  MeanDifference found{.value = to.mean - from.mean, .interval = {}, .p_value = {}};
  if (!from.interval || !to.interval) return found;
  const auto spread = spread_of_difference(from, to, from.standard_error, to.standard_error);
  const double half = student_95(spread.freedom) * spread.error;
  found.interval = {found.value, found.value - half, found.value + half};
  found.p_value = p_value(found.value, spread);
  return found;
}

std::optional<MeanDifference> relative_difference(const RepeatMean& from, const RepeatMean& to) {
  if (!(from.mean > 0 && to.mean > 0)) return std::nullopt;
  const double logarithm = std::log(to.mean / from.mean);
  MeanDifference found{.value = to.mean / from.mean - 1, .interval = {}, .p_value = {}};
  if (!from.interval || !to.interval) return found;
  const auto spread =
      spread_of_difference(from, to, from.standard_error / from.mean, to.standard_error / to.mean);
  const double half = student_95(spread.freedom) * spread.error;
  found.interval = {found.value, std::expm1(logarithm - half), std::expm1(logarithm + half)};
  found.p_value = p_value(logarithm, spread);
  return found;
}

}  // namespace turngreen::explore
