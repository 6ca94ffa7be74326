#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "require.h"
#include "turngreen/units/text.h"

namespace turngreen::units {
namespace {

using fuzz::require;

/// to_text shows four significant digits.
bool alike(double shown, double exact) {
  return std::abs(shown - exact) <= 5.01e-4 * std::abs(exact);
}

/// What rounding to four digits cannot push out of a double's range in any unit.
bool ordinary(double value) {
  return value == 0 || (std::abs(value) > 1e-290 && std::abs(value) < 1e290);
}

/// What is read is a number from 0, and reads the same from what is printed of it.
template <typename T, typename Number>
void check(std::string_view text, Result<T> (*parse)(std::string_view), Number number) {
  const Result<T> value = parse(text);
  if (!value) {
    require(!value.error().message.empty(), "an error says something");
    return;
  }
  require(std::isfinite(number(*value)) && number(*value) >= 0, "a quantity is a number from 0");
  if (!ordinary(number(*value))) return;
  const Result<T> again = parse(to_text(*value));
  require(again && alike(number(*again), number(*value)), "what is printed can be read");
}

void check_duration(std::string_view text) {
  const auto value = parse_duration(text);
  if (!value) {
    require(!value.error().message.empty(), "an error says something");
    return;
  }
  require(*value >= Duration{} && *value < Duration::longest(), "a duration is in range");
  const std::string printed = to_text(*value);
  // From a minute on it is printed in two units, for people.
  constexpr double kMinute = 59;
  if (value->in_seconds() > kMinute) return;
  const auto again = parse_duration(printed);
  require(again && std::abs((*again - *value).in_seconds()) <= 5.01e-4 * value->in_seconds() + 1e-9,
          "what is printed can be read");
}

void check_price(std::string_view text) {
  const auto price = parse_energy_price(text);
  if (!price) {
    require(!price.error().message.empty(), "an error says something");
    return;
  }
  const Money money = price->per_kilowatt_hour();
  require(std::isfinite(money.amount()), "a price is a number");
  require(money.currency().code().size() == 3, "a currency has three letters");
  if (!ordinary(money.amount())) return;
  const auto again = parse_energy_price(to_text(money) + "/kWh");
  require(again.has_value(), "what is printed can be read");
  const double shown = again->per_kilowatt_hour().amount();
  require(alike(shown, money.amount()) || std::abs(shown - money.amount()) <= 0.00501,
          "a price is printed to four digits or cents");
}

void check_quotes(std::string_view text) {
  const std::string quoted = in_quotes(text);
  require(quoted.size() >= 2 && quoted.size() <= 64 + 5, "a quotation is short");
  for (const char c : quoted) {
    require(static_cast<unsigned char>(c) >= 0x20 && c != 0x7f, "a quotation is printable");
  }
}

void feed(std::string_view text) {
  check<Energy>(text, parse_energy, [](Energy e) { return e.in_joules(); });
  check<Power>(text, parse_power, [](Power p) { return p.in_watts(); });
  check<CarbonIntensity>(text, parse_carbon_intensity,
                         [](CarbonIntensity i) { return i.in_grams_per_kilowatt_hour(); });
  check_duration(text);
  check_price(text);
  check_quotes(text);
}

}  // namespace
}  // namespace turngreen::units

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  turngreen::units::feed({reinterpret_cast<const char*>(data), size});
  return 0;
}
