#include "turngreen/units/money.h"

#include <fmt/core.h>

#include <algorithm>
#include <stdexcept>
#include <string>

#include "turngreen/units/text.h"

namespace turngreen::units {
namespace {

void require_same_currency(Money a, Money b) {
  if (a.currency() == b.currency()) return;
  throw std::invalid_argument(
      fmt::format("{} and {} cannot be added without an exchange rate", to_text(a), to_text(b)));
}

}  // namespace

Result<Currency> Currency::parse(std::string_view code) {
  const auto is_capital = [](char c) { return c >= 'A' && c <= 'Z'; };
  Currency currency;
  if (code.size() != currency.code_.size() || !std::all_of(code.begin(), code.end(), is_capital)) {
    return fail(Error::Kind::invalid_input,
                fmt::format("{} is not a currency; write its ISO 4217 code, three capital letters "
                            "such as EUR or USD",
                            in_quotes(code)));
  }
  std::copy(code.begin(), code.end(), currency.code_.begin());
  return currency;
}

Currency::Currency(std::string_view code) {
  const auto parsed = parse(code);
  if (!parsed) throw std::invalid_argument(parsed.error().message);
  *this = *parsed;
}

Money operator+(Money a, Money b) {
  require_same_currency(a, b);
  return {a.amount() + b.amount(), a.currency()};
}

Money operator-(Money a, Money b) {
  require_same_currency(a, b);
  return {a.amount() - b.amount(), a.currency()};
}

}  // namespace turngreen::units
