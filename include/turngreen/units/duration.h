#pragma once

#include <compare>
#include <cstdint>
#include <limits>

#include "turngreen/units/nearest_integer.h"

namespace turngreen::units {

/// A length of time, held as a whole number of nanoseconds (range +-292 years), so that differences
/// of timestamps are exact. The number leaves only by a named unit. Nothing overflows: what lies
/// beyond the range becomes longest() or its negative counterpart. Fractions of a nanosecond are
/// rounded to the nearest one; not-a-number (0 J / 0 W) becomes zero.
class Duration {
 public:
  constexpr Duration() = default;
  static constexpr Duration longest() { return Duration(std::numeric_limits<std::int64_t>::max()); }

  constexpr std::int64_t in_nanoseconds() const { return nanoseconds_; }
  constexpr double in_microseconds() const { return static_cast<double>(nanoseconds_) / 1e3; }
  constexpr double in_milliseconds() const { return static_cast<double>(nanoseconds_) / 1e6; }
  constexpr double in_seconds() const { return static_cast<double>(nanoseconds_) / 1e9; }
  constexpr double in_hours() const { return in_seconds() / 3600.0; }

  constexpr auto operator<=>(const Duration&) const = default;

  constexpr Duration& operator+=(Duration other) {
    if (__builtin_add_overflow(nanoseconds_, other.nanoseconds_, &nanoseconds_)) {
      nanoseconds_ = end_towards(other.nanoseconds_ > 0);
    }
    return *this;
  }
  constexpr Duration& operator-=(Duration other) {
    if (__builtin_sub_overflow(nanoseconds_, other.nanoseconds_, &nanoseconds_)) {
      nanoseconds_ = end_towards(other.nanoseconds_ < 0);
    }
    return *this;
  }

  friend constexpr Duration nanoseconds(std::int64_t count);

 private:
  constexpr explicit Duration(std::int64_t nanoseconds) : nanoseconds_(nanoseconds) {}
  static constexpr std::int64_t end_towards(bool positive) {
    return positive ? std::numeric_limits<std::int64_t>::max()
                    : std::numeric_limits<std::int64_t>::min();
  }
  std::int64_t nanoseconds_ = 0;
};

constexpr Duration nanoseconds(std::int64_t count) { return Duration(count); }
constexpr Duration microseconds(double count) { return nanoseconds(nearest_integer(count * 1e3)); }
constexpr Duration milliseconds(double count) { return nanoseconds(nearest_integer(count * 1e6)); }
constexpr Duration seconds(double count) { return nanoseconds(nearest_integer(count * 1e9)); }
constexpr Duration minutes(double count) { return seconds(count * 60.0); }
constexpr Duration hours(double count) { return seconds(count * 3600.0); }

constexpr Duration operator+(Duration a, Duration b) { return a += b; }
constexpr Duration operator-(Duration a, Duration b) { return a -= b; }
constexpr Duration operator-(Duration a) { return Duration() - a; }
constexpr Duration operator*(Duration a, double factor) {
  return nanoseconds(nearest_integer(static_cast<double>(a.in_nanoseconds()) * factor));
}
constexpr Duration operator*(double factor, Duration a) { return a * factor; }
constexpr Duration operator/(Duration a, double divisor) {
  return nanoseconds(nearest_integer(static_cast<double>(a.in_nanoseconds()) / divisor));
}
constexpr double operator/(Duration a, Duration b) { return a.in_seconds() / b.in_seconds(); }

}  // namespace turngreen::units
