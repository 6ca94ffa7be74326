#include "turngreen/explore/constant_score.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace turngreen::explore {
namespace {

constexpr double kChance = 1e-6;
constexpr std::uint64_t kMostRows = 100'000;
/// The scores are sums and quotients of a few numbers: their last bits may differ.
constexpr double kRounding = 1e-15;

/// Long double: a share of 100,000 rows is to be told from its neighbours by the last digits.
using Real = long double;

/// The definitions that a metric of that name may have.
std::vector<Score> definitions(std::string_view metric) {
  if (const auto score = parse_score(metric)) {
    const bool known = *score == Score::f1_weighted || *score == Score::f1_macro;
    return known ? std::vector{*score} : std::vector<Score>{};
  }
  // A bare "f1" is one that becomes macro F1 by saying so.
  const bool bare = parse_score(std::string(metric) + "_macro") == Score::f1_macro;
  return bare ? std::vector{Score::f1_weighted, Score::f1_macro} : std::vector<Score>{};
}

/// The majority's share for which always answering it scores that.
Real share_for(Score score, Real value) {
  if (score == Score::f1_macro) return value / (1 - value);
  return (value + std::sqrt(value * value + 8 * value)) / 4;
}

/// Half of the last digit that a value was written with.
double half_last_digit(double value) {
  const std::string text = fmt::format("{}", value);
  const auto point = text.find('.');
  if (text.find('e') != std::string::npos) return kRounding;
  const std::size_t decimals = point == std::string::npos ? 0 : text.size() - point - 1;
  return std::max(kRounding, 0.5 * std::pow(10.0, -static_cast<double>(decimals)));
}

struct Interval {
  Real low = 0, high = 0;
  bool contains(Real value) const { return low <= value && value <= high; }
  double width() const { return static_cast<double>(high - low); }
};

struct Fraction {
  std::uint64_t part = 0, whole = 1;
};

/// The fraction with the smallest denominator in the interval (its continued fraction; the first
/// node of the Stern-Brocot tree in it); absent: that is above kMostRows.
std::optional<Fraction> simplest_fraction(const Interval& interval) {
  Fraction before{0, 1};
  Fraction last{1, 0};
  Real low = interval.low;
  Real high = interval.high;
  const auto advance = [&](Real steps) {
    const auto whole = static_cast<std::uint64_t>(steps);
    const Fraction next{whole * last.part + before.part, whole * last.whole + before.whole};
    before = last;
    last = next;
  };
  while (last.whole <= kMostRows) {
    const Real floor_low = std::floor(low);
    if (floor_low > kMostRows) return std::nullopt;
    if (floor_low == low || floor_low + 1 <= high) {
      advance(floor_low == low ? floor_low : floor_low + 1);
      return last.whole <= kMostRows ? std::optional(last) : std::nullopt;
    }
    advance(floor_low);
    const Real inverse_of_high = 1 / (high - floor_low);
    high = 1 / (low - floor_low);
    low = inverse_of_high;
  }
  return std::nullopt;
}

std::optional<ConstantScore> of_known_rows(Score score, const Interval& share, std::uint64_t rows) {
  if (rows < 2 || static_cast<double>(rows) * share.width() > kChance) return std::nullopt;
  const Real middle = (share.low + share.high) / 2;
  const auto majority = static_cast<std::uint64_t>(std::llround(middle * static_cast<Real>(rows)));
  if (majority >= rows || 2 * majority < rows) return std::nullopt;
  if (!share.contains(static_cast<Real>(majority) / static_cast<Real>(rows))) return std::nullopt;
  return ConstantScore{score, rows, rows - majority};
}

std::optional<ConstantScore> of_fewest_rows(Score score, const Interval& share) {
  const auto found = simplest_fraction(share);
  if (!found || found->part >= found->whole || 2 * found->part < found->whole) return std::nullopt;
  // Of the fractions with denominators up to n, 3 n^2 / pi^2 lie between 0 and 1.
  const auto rows = static_cast<double>(found->whole);
  if (0.304 * rows * rows * share.width() > kChance) return std::nullopt;
  return ConstantScore{score, found->whole, found->whole - found->part};
}

}  // namespace

std::optional<ConstantScore> constant_score(std::string_view metric, double value,
                                            std::optional<std::uint64_t> rows) {
  if (!(value > 0 && value <= 100)) return std::nullopt;
  const double scale = value > 1 ? 100 : 1;
  const Real margin = std::max(half_last_digit(value) / scale, kRounding);
  const Real share = static_cast<Real>(value) / scale;
  for (const Score score : definitions(metric)) {
    if (share + margin >= (score == Score::f1_macro ? Real{0.5} : Real{1})) continue;
    const Interval majority{share_for(score, share - margin), share_for(score, share + margin)};
    const auto found =
        rows ? of_known_rows(score, majority, *rows) : of_fewest_rows(score, majority);
    if (found) return found;
  }
  return std::nullopt;
}

double value_of(const ConstantScore& constant) {
  return majority_score(constant.score,
                        std::array{constant.rows - constant.minority, constant.minority});
}

std::string sentence(const ConstantScore& found, double value) {
  return fmt::format(
      "{} is exactly the {} of always answering the larger class, with {} of {} rows in the "
      "smaller one",
      value, to_string(found.score), found.minority, found.rows);
}

}  // namespace turngreen::explore
