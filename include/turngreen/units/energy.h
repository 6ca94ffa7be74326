#pragma once

#include <compare>
#include <cstdint>

#include "turngreen/units/nearest_integer.h"

namespace turngreen::units {

/// An amount of energy, held in joules. The number leaves only by a named unit. Whole microjoules
/// up to 1e9 J survive the way in and out unchanged, so sums of integer counters stay exact.
class Energy {
 public:
  constexpr Energy() = default;

  constexpr double in_joules() const { return joules_; }
  constexpr double in_watt_hours() const { return joules_ / 3600.0; }
  constexpr double in_kilowatt_hours() const { return joules_ / 3.6e6; }
  /// The nearest whole number of microjoules; see nearest_integer for what does not fit.
  constexpr std::int64_t in_microjoules() const { return nearest_integer(joules_ * 1e6); }

  constexpr auto operator<=>(const Energy&) const = default;

  constexpr Energy& operator+=(Energy other) {
    joules_ += other.joules_;
    return *this;
  }
  constexpr Energy& operator-=(Energy other) {
    joules_ -= other.joules_;
    return *this;
  }

  friend constexpr Energy joules(double count);

 private:
  constexpr explicit Energy(double joules) : joules_(joules) {}
  double joules_ = 0;
};

constexpr Energy joules(double count) { return Energy(count); }
constexpr Energy millijoules(double count) { return joules(count / 1e3); }
constexpr Energy microjoules(std::int64_t count) {
  return joules(static_cast<double>(count) / 1e6);
}
constexpr Energy watt_hours(double count) { return joules(count * 3600.0); }
constexpr Energy kilowatt_hours(double count) { return joules(count * 3.6e6); }

constexpr Energy operator+(Energy a, Energy b) { return a += b; }
constexpr Energy operator-(Energy a, Energy b) { return a -= b; }
constexpr Energy operator-(Energy a) { return joules(-a.in_joules()); }
constexpr Energy operator*(Energy a, double factor) { return joules(a.in_joules() * factor); }
constexpr Energy operator*(double factor, Energy a) { return a * factor; }
constexpr Energy operator/(Energy a, double divisor) { return joules(a.in_joules() / divisor); }
constexpr double operator/(Energy a, Energy b) { return a.in_joules() / b.in_joules(); }

}  // namespace turngreen::units
