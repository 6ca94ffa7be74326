#pragma once

#include <compare>

#include "turngreen/units/energy.h"

namespace turngreen::units {

/// A mass of greenhouse gas in grams of CO2 equivalent (gCO2e).
class Carbon {
 public:
  constexpr Carbon() = default;
  constexpr double in_grams() const { return grams_; }
  constexpr double in_kilograms() const { return grams_ / 1e3; }
  constexpr auto operator<=>(const Carbon&) const = default;
  constexpr Carbon& operator+=(Carbon other) {
    grams_ += other.grams_;
    return *this;
  }
  constexpr Carbon& operator-=(Carbon other) {
    grams_ -= other.grams_;
    return *this;
  }
  friend constexpr Carbon grams(double count);

 private:
  constexpr explicit Carbon(double grams) : grams_(grams) {}
  double grams_ = 0;
};

constexpr Carbon grams(double count) { return Carbon(count); }
constexpr Carbon kilograms(double count) { return grams(count * 1e3); }
constexpr Carbon operator+(Carbon a, Carbon b) { return a += b; }
constexpr Carbon operator-(Carbon a, Carbon b) { return a -= b; }
constexpr Carbon operator*(Carbon a, double factor) { return grams(a.in_grams() * factor); }
constexpr Carbon operator*(double factor, Carbon a) { return a * factor; }
constexpr Carbon operator/(Carbon a, double divisor) { return grams(a.in_grams() / divisor); }
constexpr double operator/(Carbon a, Carbon b) { return a.in_grams() / b.in_grams(); }

/// Carbon per energy, gCO2e/kWh.
class CarbonIntensity {
 public:
  constexpr CarbonIntensity() = default;
  constexpr double in_grams_per_kilowatt_hour() const { return grams_per_kilowatt_hour_; }
  constexpr auto operator<=>(const CarbonIntensity&) const = default;
  friend constexpr CarbonIntensity grams_per_kilowatt_hour(double count);

 private:
  constexpr explicit CarbonIntensity(double count) : grams_per_kilowatt_hour_(count) {}
  double grams_per_kilowatt_hour_ = 0;
};

constexpr CarbonIntensity grams_per_kilowatt_hour(double count) { return CarbonIntensity(count); }
constexpr Carbon operator*(Energy e, CarbonIntensity i) {
  return grams(e.in_kilowatt_hours() * i.in_grams_per_kilowatt_hour());
}
constexpr Carbon operator*(CarbonIntensity i, Energy e) { return e * i; }

}  // namespace turngreen::units
