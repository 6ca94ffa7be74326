#pragma once

#include <compare>
#include <cstdint>

#include "turngreen/units/duration.h"

namespace turngreen::energy {

/// A point in time on CLOCK_MONOTONIC, in nanoseconds: the one clock of every timestamp here,
/// shared by all processes of a machine. It stands still while the machine is suspended.
class Instant {
 public:
  constexpr Instant() = default;
  static constexpr Instant from_nanoseconds(std::int64_t count) { return Instant(count); }
  /// Reads the clock (no system call on Linux). Async-signal-safe.
  static Instant now() noexcept;

  constexpr std::int64_t in_nanoseconds() const { return nanoseconds_; }
  constexpr auto operator<=>(const Instant&) const = default;

 private:
  constexpr explicit Instant(std::int64_t nanoseconds) : nanoseconds_(nanoseconds) {}
  std::int64_t nanoseconds_ = 0;
};

constexpr units::Duration operator-(Instant a, Instant b) {
  return units::nanoseconds(a.in_nanoseconds() - b.in_nanoseconds());
}
constexpr Instant operator+(Instant t, units::Duration d) {
  return Instant::from_nanoseconds(t.in_nanoseconds() + d.in_nanoseconds());
}
constexpr Instant operator-(Instant t, units::Duration d) {
  return Instant::from_nanoseconds(t.in_nanoseconds() - d.in_nanoseconds());
}

}  // namespace turngreen::energy
