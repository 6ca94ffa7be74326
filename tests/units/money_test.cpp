#include "turngreen/units/money.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>

namespace turngreen::units {
namespace {

using ::testing::HasSubstr;

TEST(Currency, is_three_capital_letters) {
  EXPECT_EQ(Currency("EUR").code(), "EUR");
  EXPECT_EQ(Currency::parse("USD")->code(), "USD");
}

TEST(Currency, anything_else_is_an_error_that_shows_what_was_found) {
  for (const char* code : {"", "E", "EU", "EURO", "eur", "E1R", "E R"}) {
    const auto parsed = Currency::parse(code);
    ASSERT_FALSE(parsed) << code;
    EXPECT_THAT(parsed.error().message, HasSubstr("'" + std::string(code) + "'"));
    EXPECT_THAT(parsed.error().message, HasSubstr("three capital letters"));
    EXPECT_THROW(Currency{code}, std::invalid_argument);
  }
}

TEST(Currency, is_none_unless_told_otherwise) { EXPECT_EQ(Currency().code(), "XXX"); }

TEST(Money, adds_subtracts_scales_and_divides_in_one_currency) {
  const Currency euro("EUR");
  EXPECT_EQ(Money(3, euro) + Money(4, euro), Money(7, euro));
  EXPECT_EQ(Money(3, euro) - Money(4, euro), Money(-1, euro));
  EXPECT_EQ(Money(3, euro) * 2, 2 * Money(3, euro));
  EXPECT_EQ(Money(3, euro) / 2, Money(1.5, euro));
}

TEST(Money, two_currencies_cannot_be_added) {
  const Money euros(3, Currency("EUR"));
  const Money dollars(3, Currency("USD"));
  EXPECT_THROW(euros + dollars, std::invalid_argument);
  EXPECT_THROW(euros - dollars, std::invalid_argument);
}

TEST(Money, two_currencies_are_neither_equal_nor_ordered) {
  const Money euros(3, Currency("EUR"));
  const Money dollars(3, Currency("USD"));
  EXPECT_NE(euros, dollars);
  EXPECT_FALSE(euros < dollars);
  EXPECT_FALSE(euros >= dollars);
  EXPECT_LT(euros, Money(4, Currency("EUR")));
}

TEST(EnergyPrice, times_energy_is_money) {
  const EnergyPrice price = price_per_kilowatt_hour({0.3, Currency("EUR")});
  EXPECT_EQ(kilowatt_hours(2) * price, Money(0.6, Currency("EUR")));
  EXPECT_EQ(price * kilowatt_hours(2), Money(0.6, Currency("EUR")));
  EXPECT_EQ(price.per_kilowatt_hour(), Money(0.3, Currency("EUR")));
}

TEST(EnergyPrice, a_negative_price_pays_for_energy) {
  const EnergyPrice price = price_per_kilowatt_hour({-0.05, Currency("EUR")});
  EXPECT_DOUBLE_EQ((kilowatt_hours(2) * price).amount(), -0.1);
}

}  // namespace
}  // namespace turngreen::units
