#include <fmt/core.h>
#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <optional>
#include <span>
#include <system_error>

#include "turngreen/units/text.h"

namespace turngreen::units {
namespace {

struct Unit {
  std::string_view name;
  double size;         ///< in the unit that the caller of parse_amount() builds its quantity from
  bool listed = true;  ///< false: another spelling, left out of messages
};

/// What one kind of quantity looks like as text.
struct Grammar {
  std::string_view noun;
  std::span<const Unit> units;
  std::string_view example;
  std::optional<double> bare = std::nullopt;  ///< size of a number without a unit, where allowed
};

// The micro sign (U+00B5) and the Greek letter (U+03BC) look alike; keyboards give either.
constexpr Unit kEnergyUnits[] = {{"uJ", 1e-6},
                                 {"\u00b5J", 1e-6, false},
                                 {"\u03bcJ", 1e-6, false},
                                 {"mJ", 1e-3},
                                 {"J", 1},
                                 {"kJ", 1e3},
                                 {"MJ", 1e6},
                                 {"Wh", 3.6e3},
                                 {"kWh", 3.6e6},
                                 {"MWh", 3.6e9}};
constexpr Unit kPowerUnits[] = {{"uW", 1e-6},
                                {"\u00b5W", 1e-6, false},
                                {"\u03bcW", 1e-6, false},
                                {"mW", 1e-3},
                                {"W", 1},
                                {"kW", 1e3},
                                {"MW", 1e6}};
constexpr Unit kDurationUnits[] = {
    {"ns", 1},  {"us", 1e3},   {"\u00b5s", 1e3, false}, {"\u03bcs", 1e3, false}, {"ms", 1e6},
    {"s", 1e9}, {"min", 60e9}, {"h", 3600e9},           {"d", 86400e9}};
constexpr Unit kIntensityUnits[] = {{"gCO2e/kWh", 1},
                                    {"kgCO2e/kWh", 1e3},
                                    {"g/kWh", 1},
                                    {"kg/kWh", 1e3},
                                    {"gCO2eq/kWh", 1, false},
                                    {"kgCO2eq/kWh", 1e3, false},
                                    {"gCO\u2082e/kWh", 1, false},
                                    {"kgCO\u2082e/kWh", 1e3, false},
                                    {"gCO\u2082eq/kWh", 1, false},
                                    {"kgCO\u2082eq/kWh", 1e3, false}};

constexpr Grammar kEnergy{"energy", kEnergyUnits, "3.5 J"};
constexpr Grammar kPower{"power", kPowerUnits, "250 W"};
constexpr Grammar kDuration{"duration", kDurationUnits, "100 ms", 1e9};
constexpr Grammar kIntensity{"carbon intensity", kIntensityUnits, "56 gCO2e/kWh", 1};

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlank = " \t\r\n";
  const auto begin = text.find_first_not_of(kBlank);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlank) - begin + 1);
}

struct NumberAndRest {
  double number = 0;
  std::string_view rest;  ///< without the blanks around it
  bool fits = true;       ///< false: the number is beyond what a double holds
};

/// Absent where `text` does not begin with a number.
std::optional<NumberAndRest> split_number(std::string_view text) {
  text = trimmed(text);
  // from_chars also takes "inf" and "nan", which are no amounts of anything.
  if (text.find_first_of("0123456789.") != (text.starts_with('-') ? 1u : 0u)) return std::nullopt;
  NumberAndRest split;
  const char* const end = text.data() + text.size();
  const auto [stopped, fault] = std::from_chars(text.data(), end, split.number);
  if (fault == std::errc::invalid_argument) return std::nullopt;
  split.fits = fault == std::errc();
  split.rest = trimmed({stopped, static_cast<std::size_t>(end - stopped)});
  return split;
}

std::string allowed(const Grammar& grammar) {
  std::string names;
  for (const Unit& unit : grammar.units) {
    if (unit.listed)
      fmt::format_to(std::back_inserter(names), "{}{}", names.empty() ? "" : ", ", unit.name);
  }
  return fmt::format("write a number{} one of {}, such as {}",
                     grammar.bare ? ", alone or with" : " and", names, grammar.example);
}

tl::unexpected<Error> fault(const Grammar& grammar, std::string_view text, std::string_view what) {
  return fail(Error::Kind::invalid_input,
              fmt::format("{} {} {}; {}", grammar.noun, in_quotes(text), what, allowed(grammar)));
}

Result<double> parse_amount(const Grammar& grammar, std::string_view text) {
  const auto split = split_number(text);
  if (!split) return fault(grammar, text, "does not begin with a number");
  std::optional<double> size = grammar.bare;
  if (!split->rest.empty()) {
    size = std::nullopt;
    for (const Unit& unit : grammar.units) {
      if (unit.name == split->rest) size = unit.size;
    }
    if (!size)
      return fault(grammar, text, fmt::format("has an unknown unit {}", in_quotes(split->rest)));
  }
  if (!size) return fault(grammar, text, "has no unit");
  const double amount = split->number * *size;
  if (!split->fits || !std::isfinite(amount)) return fault(grammar, text, "is out of range");
  if (amount < 0) return fault(grammar, text, "is negative");
  return amount;
}

tl::unexpected<Error> price_fault(std::string_view text, std::string_view what) {
  return fail(Error::Kind::invalid_input,
              fmt::format("energy price {} {}; write a number and a currency, per kWh or per MWh, "
                          "such as 0.30 EUR/kWh",
                          in_quotes(text), what));
}

}  // namespace

Result<Energy> parse_energy(std::string_view text) {
  return parse_amount(kEnergy, text).map(joules);
}

Result<Power> parse_power(std::string_view text) { return parse_amount(kPower, text).map(watts); }

Result<Duration> parse_duration(std::string_view text) {
  const auto amount = parse_amount(kDuration, text);
  if (!amount) return tl::unexpected(amount.error());
  const Duration duration = nanoseconds(nearest_integer(*amount));
  if (duration == Duration::longest()) return fault(kDuration, text, "is longer than 292 years");
  return duration;
}

Result<CarbonIntensity> parse_carbon_intensity(std::string_view text) {
  return parse_amount(kIntensity, text).map(grams_per_kilowatt_hour);
}

Result<EnergyPrice> parse_energy_price(std::string_view text) {
  const auto split = split_number(text);
  if (!split) return price_fault(text, "does not begin with a number");
  if (!split->fits) return price_fault(text, "is out of range");
  const auto slash = split->rest.find('/');
  const auto per = slash == std::string_view::npos ? "kWh" : trimmed(split->rest.substr(slash + 1));
  if (per != "kWh" && per != "MWh") {
    return price_fault(text, fmt::format("is per {}", in_quotes(per)));
  }
  const auto currency = Currency::parse(trimmed(split->rest.substr(0, slash)));
  if (!currency) {
    return fail(Error::Kind::invalid_input,
                fmt::format("energy price {}: {}", in_quotes(text), currency.error().message));
  }
  return price_per_kilowatt_hour({per == "MWh" ? split->number / 1e3 : split->number, *currency});
}

}  // namespace turngreen::units
