#include "scaled_number.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <span>

namespace turngreen::report {
namespace {

constexpr int kMostDecimals = 9;

/// A unit, and the amount from which on it is the one to show.
struct Unit {
  double from = 0;
  Scale scale;
};

Scale suiting(double amount, std::span<const Unit> units) {
  Scale found = units.front().scale;
  for (const Unit& unit : units) {
    if (std::abs(amount) >= unit.from) found = unit.scale;
  }
  return found;
}

/// Decimals that leave so many significant digits of the number.
int decimals_for(double number, int digits) {
  if (number == 0 || !std::isfinite(number)) return 0;
  const int magnitude = static_cast<int>(std::floor(std::log10(std::abs(number))));
  return std::clamp(digits - 1 - magnitude, 0, kMostDecimals);
}

}  // namespace

Scale joule_scale(double joules) {
  constexpr Unit kUnits[] = {{0, {1e-6, "uJ"}},
                             {1e-3, {1e-3, "mJ"}},
                             {1, {1, "J"}},
                             {3600, {3600, "Wh"}},
                             {3.6e6, {3.6e6, "kWh"}}};
  return suiting(joules, kUnits);
}

Scale second_scale(double seconds) {
  constexpr Unit kUnits[] = {{0, {1e-6, "us"}}, {1e-3, {1e-3, "ms"}}, {1, {1, "s"}}};
  return suiting(seconds, kUnits);
}

std::string with_margin(double value, std::optional<double> margin, const Scale& scale,
                        bool forced_sign) {
  const double shown = value / scale.size;
  const bool bounded = margin && *margin > 0;
  const int decimals = bounded ? decimals_for(*margin / scale.size, 2) : decimals_for(shown, 4);
  std::string text = forced_sign ? fmt::format("{:+.{}f}", shown, decimals)
                                 : fmt::format("{:.{}f}", shown, decimals);
  if (bounded) text += fmt::format(" +- {:.{}f}", *margin / scale.size, decimals);
  if (!scale.unit.empty()) text += fmt::format(" {}", scale.unit);
  return text;
}

}  // namespace turngreen::report
