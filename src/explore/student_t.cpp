#include "student_t.h"

#include <algorithm>
#include <cmath>

#include "normal_distribution.h"
#include "turngreen/explore/repeat_mean.h"

namespace turngreen::explore {
namespace {

/// Beyond this the normal distribution differs by less than 1e-6.
constexpr double kAsGoodAsNormal = 1e6;

/// Continued fraction of the incomplete beta function (Abramowitz and Stegun 26.5.8), by Lentz's
/// method as in Press et al., Numerical Recipes.
double beta_fraction(double a, double b, double x) {
  constexpr double kTiny = 1e-300;
  constexpr double kPrecision = 1e-15;
  const auto away_from_zero = [](double value) { return std::abs(value) < kTiny ? kTiny : value; };
  double c = 1;
  double d = 1 / away_from_zero(1 - (a + b) * x / (a + 1));
  double fraction = d;
  for (int step = 1; step < 1000; ++step) {
    const double m = step;
    const double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / away_from_zero(1 + even * d);
    c = away_from_zero(1 + even / c);
    fraction *= d * c;
    const double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / away_from_zero(1 + odd * d);
    c = away_from_zero(1 + odd / c);
    const double change = d * c;
    fraction *= change;
    if (std::abs(change - 1) < kPrecision) break;
  }
  return fraction;
}

/// I_x(a, b).
double regularised_beta(double a, double b, double x) {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const double front = std::exp(std::lgamma(a + b) - std::lgamma(a) - std::lgamma(b) +
                                a * std::log(x) + b * std::log1p(-x));
  if (x < (a + 1) / (a + b + 2)) return front * beta_fraction(a, b, x) / a;
  return 1 - front * beta_fraction(b, a, 1 - x) / b;
}

}  // namespace

double student_two_sided(double t, double freedom) {
  if (freedom > kAsGoodAsNormal) return std::erfc(std::abs(t) / std::sqrt(2.0));
  return regularised_beta(freedom / 2, 0.5, freedom / (freedom + t * t));
}

double student_95(double freedom) {
  constexpr double kOutside = 0.05;
  double low = kNormal95 - 1e-6;
  double high = 13;  // 12.7 with one degree of freedom
  if (freedom > kAsGoodAsNormal) return kNormal95;
  while (high - low > 1e-10) {
    const double middle = (low + high) / 2;
    (student_two_sided(middle, std::max(freedom, 1.0)) > kOutside ? low : high) = middle;
  }
  return (low + high) / 2;
}

}  // namespace turngreen::explore
