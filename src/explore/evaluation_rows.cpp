#include "evaluation_rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

namespace turngreen::explore {
namespace {

/// Digits behind the decimal point; zeros at the end are not told.
int decimals(double value) {
  const std::string text = fmt::format("{}", value);
  const auto point = text.find('.');
  if (point == std::string::npos || text.find('e') != std::string::npos) return 0;
  return static_cast<int>(text.size() - point - 1);
}

struct Evaluation {
  double seconds = 0;
  double rows_per_second = 0;
};

std::vector<Evaluation> evaluations(const std::vector<ConfigurationValues>& configurations,
                                    const std::string& split) {
  std::vector<Evaluation> found;
  for (const auto& each : configurations) {
    for (const auto* trial : each.full) {
      const auto seconds = trial->outcome->metric(split + "runtime");
      const auto rate = trial->outcome->metric(split + "samples_per_second");
      const bool usable = seconds && rate && *seconds > 0 && *rate > 0;
      if (usable && std::isfinite(*seconds) && std::isfinite(*rate)) {
        found.push_back({*seconds, *rate});
      }
    }
  }
  return found;
}

/// Half of the last digit that any of the values has, and a little for the product's own rounding.
double half_last_digit(const std::vector<Evaluation>& found, double Evaluation::*member) {
  int most = 0;
  for (const auto& each : found) most = std::max(most, decimals(each.*member));
  return 0.51 * std::pow(10.0, -most);
}

}  // namespace

std::optional<std::uint64_t> evaluation_rows(
    const std::vector<ConfigurationValues>& configurations) {
  constexpr double kMost = 1e12;
  for (const char* split : {"eval_", "test_", ""}) {
    const auto found = evaluations(configurations, split);
    if (found.empty()) continue;
    const double half_second = half_last_digit(found, &Evaluation::seconds);
    const double half_rate = half_last_digit(found, &Evaluation::rows_per_second);
    double low = 1;
    double high = kMost;
    for (const auto& [seconds, rate] : found) {
      low = std::max(low, (seconds - half_second) * (rate - half_rate));
      high = std::min(high, (seconds + half_second) * (rate + half_rate));
    }
    const double rows = std::ceil(low);
    if (rows <= high && rows + 1 > high) return static_cast<std::uint64_t>(rows);
  }
  return std::nullopt;
}

}  // namespace turngreen::explore
