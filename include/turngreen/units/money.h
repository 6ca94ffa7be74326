#pragma once

#include <array>
#include <compare>
#include <string_view>

#include "turngreen/units/energy.h"
#include "turngreen/units/result.h"

namespace turngreen::units {

/// A currency by its ISO 4217 code ("EUR"): three capital letters.
class Currency {
 public:
  constexpr Currency() = default;
  static Result<Currency> parse(std::string_view code);
  /// For a code the program knows: throws std::invalid_argument where parse() gives an error.
  explicit Currency(std::string_view code);
  constexpr std::string_view code() const { return {code_.data(), code_.size()}; }
  friend constexpr bool operator==(const Currency&, const Currency&) = default;

 private:
  std::array<char, 3> code_{'X', 'X', 'X'};  // ISO 4217 for "no currency"
};

/// An amount of money in one currency. Sums of two currencies throw std::invalid_argument; amounts
/// of two currencies are unordered.
class Money {
 public:
  constexpr Money() = default;
  constexpr Money(double amount, Currency currency) : amount_(amount), currency_(currency) {}
  constexpr double amount() const { return amount_; }
  constexpr Currency currency() const { return currency_; }
  friend constexpr bool operator==(const Money&, const Money&) = default;
  friend constexpr std::partial_ordering operator<=>(const Money& a, const Money& b) {
    return a.currency_ == b.currency_ ? a.amount_ <=> b.amount_ : std::partial_ordering::unordered;
  }

 private:
  double amount_ = 0;
  Currency currency_;
};

Money operator+(Money a, Money b);
Money operator-(Money a, Money b);
constexpr Money operator*(Money a, double factor) { return {a.amount() * factor, a.currency()}; }
constexpr Money operator*(double factor, Money a) { return a * factor; }
constexpr Money operator/(Money a, double divisor) { return {a.amount() / divisor, a.currency()}; }

/// Money per energy; may be negative, as spot prices are.
class EnergyPrice {
 public:
  constexpr EnergyPrice() = default;
  constexpr Money per_kilowatt_hour() const { return per_kilowatt_hour_; }
  friend constexpr EnergyPrice price_per_kilowatt_hour(Money money);
  friend constexpr bool operator==(const EnergyPrice&, const EnergyPrice&) = default;

 private:
  constexpr explicit EnergyPrice(Money money) : per_kilowatt_hour_(money) {}
  Money per_kilowatt_hour_;
};

constexpr EnergyPrice price_per_kilowatt_hour(Money money) { return EnergyPrice(money); }
constexpr Money operator*(Energy e, EnergyPrice p) {
  return p.per_kilowatt_hour() * e.in_kilowatt_hours();
}
constexpr Money operator*(EnergyPrice p, Energy e) { return e * p; }

}  // namespace turngreen::units
