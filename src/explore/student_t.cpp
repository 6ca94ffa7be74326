#include "student_t.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "normal_distribution.h"
#include "turngreen/explore/repeat_mean.h"
#include "turngreen/pipeline/repeat.h"

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

double density(double t, double freedom) {
  const double front = std::exp(std::lgamma((freedom + 1) / 2) - std::lgamma(freedom / 2));
  return front / std::sqrt(freedom * std::numbers::pi) *
         std::pow(1 + t * t / freedom, -(freedom + 1) / 2);
}

}  // namespace

double student_two_sided(double t, double freedom) {
  if (freedom > kAsGoodAsNormal) return std::erfc(std::abs(t) / std::sqrt(2.0));
  return regularised_beta(freedom / 2, 0.5, freedom / (freedom + t * t));
}

double student_95(double freedom) {
  constexpr double kOutside = 0.05;
  if (!(freedom < kAsGoodAsNormal)) return kNormal95;
  const double whole = std::floor(std::max(freedom, 1.0));
  const auto below = static_cast<std::size_t>(whole);
  double t = pipeline::student_t_95(below);
  if (freedom <= whole) return t;
  // Nearly linear in the inverse of the degrees of freedom; a few of Newton's steps do the rest.
  const double share = (1 / whole - 1 / freedom) / (1 / whole - 1 / (whole + 1));
  t += share * (pipeline::student_t_95(below + 1) - t);
  for (int step = 0; step < 4; ++step) {
    t += (student_two_sided(t, freedom) - kOutside) / (2 * density(t, freedom));
  }
  return t;
}

}  // namespace turngreen::explore
