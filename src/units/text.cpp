#include "turngreen/units/text.h"

#include <fmt/core.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>

namespace turngreen::units {
namespace {

struct Unit {
  double size;  ///< in the quantity's base unit
  std::string_view symbol;
  double until = std::numeric_limits<double>::infinity();  ///< from here on, the next unit is used
};

constexpr Unit kEnergyUnits[] = {
    {1e-6, "uJ", 1e3}, {1e-3, "mJ", 1e3}, {1, "J", 3600}, {3.6e3, "Wh", 1e3}, {3.6e6, "kWh"}};
constexpr Unit kPowerUnits[] = {{1e-3, "mW", 1e3}, {1, "W", 1e3}, {1e3, "kW"}};
constexpr Unit kDurationUnits[] = {
    {1e-9, "ns", 1e3}, {1e-6, "us", 1e3}, {1e-3, "ms", 1e3}, {1, "s"}};
constexpr Unit kCarbonUnits[] = {
    {1e-3, "mg CO2e", 1e3}, {1, "g CO2e", 1e3}, {1e3, "kg CO2e", 1e3}, {1e6, "t CO2e"}};

/// A number rounded to four significant digits, and the decimals that show just these.
struct FourDigits {
  double rounded = 0;
  std::optional<int> decimals;  ///< absent: an exponent is needed, or it is not finite
};

FourDigits four_digits_of(double value) {
  if (!std::isfinite(value)) return {value, std::nullopt};
  const std::string text = fmt::format("{:.3e}", value);
  FourDigits digits;
  std::from_chars(text.data(), text.data() + text.size(), digits.rounded);
  int exponent = 0;
  const char* exponent_begin = text.data() + text.find('e') + 1;
  if (*exponent_begin == '+') ++exponent_begin;  // from_chars takes no plus sign
  std::from_chars(exponent_begin, text.data() + text.size(), exponent);
  if (exponent >= -4 && exponent <= 6) digits.decimals = std::max(0, 3 - exponent);
  return digits;
}

std::string with_decimals(double value, std::optional<int> decimals) {
  if (!std::isfinite(value)) return fmt::format("{}", value);
  if (!decimals) return fmt::format("{:.3e}", value);
  return fmt::format("{:.{}f}", value + 0.0, *decimals);  // + 0.0: no negative zero
}

std::string four_digits(double value) {
  if (value == 0) return "0";
  return with_decimals(value, four_digits_of(value).decimals);
}

const Unit& base_of(std::span<const Unit> units) {
  return *std::find_if(units.begin(), units.end(), [](const Unit& unit) { return unit.size == 1; });
}

const Unit& unit_for(double value, std::span<const Unit> units) {
  if (value == 0 || !std::isfinite(value)) return base_of(units);
  // After rounding, so that 999.99 mJ is 1.000 J and not 1000 mJ.
  return *std::find_if(units.begin(), units.end(), [value](const Unit& unit) {
    return four_digits_of(std::abs(value) / unit.size).rounded < unit.until;
  });
}

std::string text_of(double value, std::span<const Unit> units) {
  const Unit& unit = unit_for(value, units);
  return fmt::format("{} {}", four_digits(value / unit.size), unit.symbol);
}

std::string interval_text(double value, double low, double high, std::optional<int> decimals,
                          std::string_view symbol) {
  return fmt::format("{} {} ({} .. {})", with_decimals(value, decimals), symbol,
                     with_decimals(low, decimals), with_decimals(high, decimals));
}

std::string text_of(const Bounded<double>& bounded, std::span<const Unit> units) {
  const auto& [value, low, high] = bounded;
  if (low == value && high == value) return text_of(value, units);
  // A zero has no size: then the bounds say which unit suits.
  const double leading = value != 0 ? value : std::max(std::abs(low), std::abs(high));
  const Unit& unit = unit_for(leading, units);
  const auto decimals = four_digits_of(leading / unit.size).decimals;
  return interval_text(value / unit.size, low / unit.size, high / unit.size, decimals, unit.symbol);
}

std::optional<int> money_decimals(double amount) {
  constexpr double kShownAsOne = 0.99995;
  if (amount == 0 || std::abs(amount) >= kShownAsOne) return 2;
  return four_digits_of(amount).decimals;
}

}  // namespace

std::string to_text(Energy e) { return text_of(e.in_joules(), kEnergyUnits); }
std::string to_text(Power p) { return text_of(p.in_watts(), kPowerUnits); }
std::string to_text(Carbon c) { return text_of(c.in_grams(), kCarbonUnits); }

std::string to_text(CarbonIntensity i) {
  return fmt::format("{} gCO2e/kWh", four_digits(i.in_grams_per_kilowatt_hour()));
}

std::string to_text(Money m) {
  return fmt::format("{} {}", with_decimals(m.amount(), money_decimals(m.amount())),
                     m.currency().code());
}

std::string to_text(Duration d) {
  const std::int64_t nanoseconds = d.in_nanoseconds();
  if (std::abs(d.in_seconds()) < 1e-6) return fmt::format("{} ns", nanoseconds);
  if (four_digits_of(std::abs(d.in_seconds())).rounded < 60) {
    return text_of(d.in_seconds(), kDurationUnits);
  }
  const char* sign = nanoseconds < 0 ? "-" : "";
  // Unsigned, since the lowest std::int64_t has no positive counterpart.
  const auto magnitude = nanoseconds < 0 ? 0 - static_cast<std::uint64_t>(nanoseconds)
                                         : static_cast<std::uint64_t>(nanoseconds);
  constexpr std::uint64_t kSecond = 1'000'000'000;
  const std::uint64_t seconds = (magnitude + kSecond / 2) / kSecond;
  if (seconds < 3600) return fmt::format("{}{} min {:02} s", sign, seconds / 60, seconds % 60);
  const std::uint64_t minutes = (magnitude + 30 * kSecond) / (60 * kSecond);
  return fmt::format("{}{} h {:02} min", sign, minutes / 60, minutes % 60);
}

std::string to_text(const Bounded<Energy>& e) {
  return text_of({e.value.in_joules(), e.low.in_joules(), e.high.in_joules()}, kEnergyUnits);
}

std::string to_text(const Bounded<Power>& p) {
  return text_of({p.value.in_watts(), p.low.in_watts(), p.high.in_watts()}, kPowerUnits);
}

std::string to_text(const Bounded<Duration>& d) {
  if (d == Bounded<Duration>::exactly(d.value)) return to_text(d.value);
  return text_of({d.value.in_seconds(), d.low.in_seconds(), d.high.in_seconds()}, kDurationUnits);
}

std::string to_text(const Bounded<Carbon>& c) {
  return text_of({c.value.in_grams(), c.low.in_grams(), c.high.in_grams()}, kCarbonUnits);
}

std::string to_text(const Bounded<Money>& m) {
  if (m == Bounded<Money>::exactly(m.value)) return to_text(m.value);
  const double value = m.value.amount();
  const double leading =
      value != 0 ? value : std::max(std::abs(m.low.amount()), std::abs(m.high.amount()));
  return interval_text(value, m.low.amount(), m.high.amount(), money_decimals(leading),
                       m.value.currency().code());
}

std::string in_quotes(std::string_view found) {
  constexpr std::size_t kLongest = 64;
  std::size_t length = std::min(found.size(), kLongest);
  // Not in the middle of a UTF-8 sequence, whose later bytes all begin with the bits 10.
  while (length > 0 && length < found.size() && (found[length] & 0xc0) == 0x80) --length;
  std::string text = "'";
  for (const char c : found.substr(0, length)) {
    const auto byte = static_cast<unsigned char>(c);
    text += byte < 0x20 || byte == 0x7f ? '?' : c;
  }
  text += length < found.size() ? "...'" : "'";
  return text;
}

}  // namespace turngreen::units
