#pragma once

#include <compare>

#include "turngreen/units/duration.h"
#include "turngreen/units/energy.h"

namespace turngreen::units {

/// A rate of energy, held in watts. The number leaves only by a named unit.
class Power {
 public:
  constexpr Power() = default;

  constexpr double in_watts() const { return watts_; }
  constexpr double in_milliwatts() const { return watts_ * 1e3; }

  constexpr auto operator<=>(const Power&) const = default;

  constexpr Power& operator+=(Power other) {
    watts_ += other.watts_;
    return *this;
  }
  constexpr Power& operator-=(Power other) {
    watts_ -= other.watts_;
    return *this;
  }

  friend constexpr Power watts(double count);

 private:
  constexpr explicit Power(double watts) : watts_(watts) {}
  double watts_ = 0;
};

constexpr Power watts(double count) { return Power(count); }
constexpr Power milliwatts(double count) { return watts(count / 1e3); }
constexpr Power microwatts(double count) { return watts(count / 1e6); }

constexpr Power operator+(Power a, Power b) { return a += b; }
constexpr Power operator-(Power a, Power b) { return a -= b; }
constexpr Power operator-(Power a) { return watts(-a.in_watts()); }
constexpr Power operator*(Power a, double factor) { return watts(a.in_watts() * factor); }
constexpr Power operator*(double factor, Power a) { return a * factor; }
constexpr Power operator/(Power a, double divisor) { return watts(a.in_watts() / divisor); }
constexpr double operator/(Power a, Power b) { return a.in_watts() / b.in_watts(); }

constexpr Energy operator*(Power p, Duration t) { return joules(p.in_watts() * t.in_seconds()); }
constexpr Energy operator*(Duration t, Power p) { return p * t; }
constexpr Power operator/(Energy e, Duration t) { return watts(e.in_joules() / t.in_seconds()); }
constexpr Duration operator/(Energy e, Power p) { return seconds(e.in_joules() / p.in_watts()); }

}  // namespace turngreen::units
