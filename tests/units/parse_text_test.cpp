#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "turngreen/units/text.h"

namespace turngreen::units {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

TEST(ParseEnergy, takes_every_unit_with_or_without_a_blank) {
  EXPECT_EQ(parse_energy("3.5 J"), joules(3.5));
  EXPECT_EQ(parse_energy("12kWh"), kilowatt_hours(12));
  EXPECT_EQ(parse_energy("  2\tWh "), watt_hours(2));
  EXPECT_EQ(parse_energy("1 MWh"), kilowatt_hours(1000));
  EXPECT_EQ(parse_energy("1 kJ"), joules(1000));
  EXPECT_EQ(parse_energy("1 MJ"), joules(1e6));
  EXPECT_EQ(parse_energy("5 mJ"), millijoules(5));
  EXPECT_EQ(parse_energy("1e3J"), joules(1000));
  EXPECT_EQ(parse_energy(".5J"), joules(0.5));
  EXPECT_EQ(parse_energy("0 J"), Energy());
}

TEST(ParseEnergy, takes_both_micro_signs) {
  EXPECT_EQ(parse_energy("61 uJ"), parse_energy("61 \u00b5J"));
  EXPECT_EQ(parse_energy("61 uJ"), parse_energy("61 \u03bcJ"));
  EXPECT_DOUBLE_EQ(parse_energy("61 uJ")->in_joules(), 61e-6);
}

TEST(ParseEnergy, a_bare_number_is_an_error_that_names_the_units) {
  const auto parsed = parse_energy("12");
  ASSERT_FALSE(parsed);
  EXPECT_EQ(parsed.error().kind, Error::Kind::invalid_input);
  EXPECT_EQ(parsed.error().message,
            "energy '12' has no unit; write a number and one of uJ, mJ, J, kJ, MJ, Wh, kWh, MWh, "
            "such as 3.5 J");
}

TEST(ParseEnergy, what_is_not_a_number_and_a_unit_is_an_error_that_shows_it) {
  for (const char* text :
       {"",        " ",     "J",       "nan J", "inf J", "-inf J", "infinity", "NaN",   "0x10 J",
        "1,000 J", "3,5 J", "1 000 J", "+3 J",  "--3 J", "- 3 J",  "3 j",      "3 KWH", "3 J J",
        "3 J 4",   "3 Jx",  "3 W",     "3 s",   "e5 J",  ".",      "3..5 J",   "3e J"}) {
    const auto parsed = parse_energy(text);
    ASSERT_FALSE(parsed) << text;
    EXPECT_THAT(parsed.error().message,
                AllOf(HasSubstr("'" + std::string(text) + "'"), HasSubstr("kWh")));
  }
}

TEST(ParseEnergy, an_unknown_unit_is_named) {
  EXPECT_THAT(parse_energy("12 kWx").error().message, HasSubstr("has an unknown unit 'kWx'"));
}

TEST(ParseEnergy, what_does_not_fit_is_an_error) {
  EXPECT_THAT(parse_energy("1e400 J").error().message, HasSubstr("is out of range"));
  EXPECT_THAT(parse_energy("1e306 kWh").error().message, HasSubstr("is out of range"));
}

TEST(ParseEnergy, a_negative_amount_is_an_error) {
  EXPECT_THAT(parse_energy("-3 J").error().message, HasSubstr("is negative"));
}

TEST(ParseEnergy, the_bytes_after_the_text_are_not_read) {
  const std::string longer = "12 J7";
  EXPECT_EQ(parse_energy(std::string_view(longer).substr(0, 4)), joules(12));
  EXPECT_EQ(parse_energy(std::string_view("12 J\0", 5)).has_value(), false);
}

TEST(ParsePower, takes_every_unit) {
  EXPECT_EQ(parse_power("250 mW"), watts(0.25));
  EXPECT_EQ(parse_power("250W"), watts(250));
  EXPECT_EQ(parse_power("1.2 kW"), watts(1200));
  EXPECT_EQ(parse_power("2MW"), watts(2e6));
  EXPECT_EQ(parse_power("5 \u00b5W"), parse_power("5 uW"));
}

TEST(ParsePower, energy_and_bare_numbers_are_errors) {
  EXPECT_THAT(parse_power("250").error().message, HasSubstr("has no unit"));
  EXPECT_THAT(parse_power("250 J").error().message, HasSubstr("uW, mW, W, kW, MW"));
}

TEST(ParseDuration, takes_every_unit) {
  EXPECT_EQ(parse_duration("15ns"), nanoseconds(15));
  EXPECT_EQ(parse_duration("15 us"), microseconds(15));
  EXPECT_EQ(parse_duration("15 \u00b5s"), microseconds(15));
  EXPECT_EQ(parse_duration("15 \u03bcs"), microseconds(15));
  EXPECT_EQ(parse_duration("100ms"), milliseconds(100));
  EXPECT_EQ(parse_duration("2.5 s"), seconds(2.5));
  EXPECT_EQ(parse_duration("3min"), minutes(3));
  EXPECT_EQ(parse_duration("1.5h"), hours(1.5));
  EXPECT_EQ(parse_duration("2 d"), hours(48));
}

TEST(ParseDuration, a_bare_number_is_seconds) { EXPECT_EQ(parse_duration("2.5"), seconds(2.5)); }

TEST(ParseDuration, longer_than_it_can_hold_is_an_error) {
  EXPECT_THAT(parse_duration("1e30").error().message, HasSubstr("is longer than 292 years"));
  EXPECT_THAT(parse_duration("300000 d").error().message, HasSubstr("is longer than 292 years"));
  EXPECT_TRUE(parse_duration("100000 d"));
}

TEST(ParseDuration, negative_and_unknown_are_errors) {
  EXPECT_THAT(parse_duration("-1s").error().message, HasSubstr("is negative"));
  EXPECT_THAT(parse_duration("5 m").error().message,
              HasSubstr("write a number, alone or with one of ns, us, ms, s, min, h, d"));
}

TEST(ParseCarbonIntensity, takes_a_bare_number_and_the_usual_spellings) {
  const auto expected = grams_per_kilowatt_hour(56);
  for (const char* text : {"56", "56 g/kWh", "56gCO2e/kWh", "56 gCO2eq/kWh", "56 gCO\u2082e/kWh",
                           "56 gCO\u2082eq/kWh", "0.056 kg/kWh", "0.056 kgCO2e/kWh"}) {
    EXPECT_EQ(parse_carbon_intensity(text), expected) << text;
  }
}

TEST(ParseCarbonIntensity, negative_and_unknown_are_errors) {
  EXPECT_THAT(parse_carbon_intensity("-1").error().message, HasSubstr("is negative"));
  EXPECT_THAT(parse_carbon_intensity("FR").error().message, HasSubstr("carbon intensity 'FR'"));
  EXPECT_THAT(parse_carbon_intensity("5 lb/MWh").error().message, HasSubstr("gCO2e/kWh"));
}

TEST(ParseEnergyPrice, is_per_kilowatt_hour_unless_it_says_otherwise) {
  const auto expected = price_per_kilowatt_hour({0.3, Currency("EUR")});
  EXPECT_EQ(parse_energy_price("0.30 EUR/kWh"), expected);
  EXPECT_EQ(parse_energy_price("0.30EUR"), expected);
  EXPECT_EQ(parse_energy_price(" 0.30 EUR / kWh "), expected);
  EXPECT_EQ(parse_energy_price("300 EUR/MWh"), expected);
}

TEST(ParseEnergyPrice, may_be_negative) {
  EXPECT_EQ(parse_energy_price("-12.5 EUR/MWh"),
            price_per_kilowatt_hour({-0.0125, Currency("EUR")}));
}

TEST(ParseEnergyPrice, anything_else_is_an_error_that_shows_it) {
  for (const char* text : {"", "EUR", "0.30", "0.30 eur/kWh", "0.30 EUR/h", "0.30 EUR/kWh/kWh",
                           "nan EUR", "inf EUR/kWh", "1e400 EUR", "0.30 EUR EUR", "0,30 EUR"}) {
    const auto parsed = parse_energy_price(text);
    ASSERT_FALSE(parsed) << text;
    EXPECT_THAT(parsed.error().message, HasSubstr("energy price '" + std::string(text) + "'"));
  }
}

}  // namespace
}  // namespace turngreen::units
