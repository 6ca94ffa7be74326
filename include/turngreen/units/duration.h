#pragma once

#include <compare>
#include <cstdint>

namespace turngreen::units {

/// A length of time, held as a whole number of nanoseconds (range +-292 years), so that differences
/// of timestamps are exact. The number leaves only by a named unit.
class Duration {
 public:
  constexpr Duration() = default;

  constexpr std::int64_t in_nanoseconds() const { return nanoseconds_; }
  constexpr double in_microseconds() const { return static_cast<double>(nanoseconds_) / 1e3; }
  constexpr double in_milliseconds() const { return static_cast<double>(nanoseconds_) / 1e6; }
  constexpr double in_seconds() const { return static_cast<double>(nanoseconds_) / 1e9; }
  constexpr double in_hours() const { return in_seconds() / 3600.0; }

  constexpr auto operator<=>(const Duration&) const = default;

  constexpr Duration& operator+=(Duration other) {
    nanoseconds_ += other.nanoseconds_;
    return *this;
  }
  constexpr Duration& operator-=(Duration other) {
    nanoseconds_ -= other.nanoseconds_;
    return *this;
  }

  friend constexpr Duration nanoseconds(std::int64_t count);

 private:
  constexpr explicit Duration(std::int64_t nanoseconds) : nanoseconds_(nanoseconds) {}
  std::int64_t nanoseconds_ = 0;
};

constexpr Duration nanoseconds(std::int64_t count) { return Duration(count); }
/// Fractions of a nanosecond are rounded to the nearest one.
constexpr Duration seconds(double count) {
  const double scaled = count * 1e9;
  return nanoseconds(static_cast<std::int64_t>(scaled + (scaled < 0 ? -0.5 : 0.5)));
}
constexpr Duration milliseconds(double count) { return seconds(count / 1e3); }
constexpr Duration microseconds(double count) { return seconds(count / 1e6); }
constexpr Duration minutes(double count) { return seconds(count * 60.0); }
constexpr Duration hours(double count) { return seconds(count * 3600.0); }

constexpr Duration operator+(Duration a, Duration b) { return a += b; }
constexpr Duration operator-(Duration a, Duration b) { return a -= b; }
constexpr Duration operator-(Duration a) { return nanoseconds(-a.in_nanoseconds()); }
constexpr Duration operator*(Duration a, double factor) { return seconds(a.in_seconds() * factor); }
constexpr Duration operator*(double factor, Duration a) { return a * factor; }
constexpr Duration operator/(Duration a, double divisor) {
  return seconds(a.in_seconds() / divisor);
}
constexpr double operator/(Duration a, Duration b) { return a.in_seconds() / b.in_seconds(); }

}  // namespace turngreen::units
