#include "turngreen/units/text.h"

#include <gtest/gtest.h>

#include <clocale>
#include <limits>
#include <locale>
#include <string>

namespace turngreen::units {
namespace {

TEST(EnergyText, takes_the_unit_that_suits_the_size) {
  EXPECT_EQ(to_text(microjoules(61)), "61.00 uJ");
  EXPECT_EQ(to_text(millijoules(12.34)), "12.34 mJ");
  EXPECT_EQ(to_text(joules(3.5)), "3.500 J");
  EXPECT_EQ(to_text(joules(3599)), "3599 J");
  EXPECT_EQ(to_text(joules(3600)), "1.000 Wh");
  EXPECT_EQ(to_text(watt_hours(999)), "999.0 Wh");
  EXPECT_EQ(to_text(watt_hours(1000)), "1.000 kWh");
  EXPECT_EQ(to_text(kilowatt_hours(12345)), "12345 kWh");
}

TEST(EnergyText, the_unit_is_chosen_after_rounding) {
  EXPECT_EQ(to_text(millijoules(999.94)), "999.9 mJ");
  EXPECT_EQ(to_text(millijoules(999.96)), "1.000 J");
  EXPECT_EQ(to_text(joules(3599.6)), "0.9999 Wh");
  EXPECT_EQ(to_text(watt_hours(999.96)), "1.000 kWh");
}

TEST(EnergyText, no_power_of_ten_has_more_or_fewer_than_four_digits) {
  EXPECT_EQ(to_text(joules(1)), "1.000 J");
  EXPECT_EQ(to_text(joules(10)), "10.00 J");
  EXPECT_EQ(to_text(joules(100)), "100.0 J");
  EXPECT_EQ(to_text(joules(9.9999)), "10.00 J");
  EXPECT_EQ(to_text(joules(1000)), "1000 J");
}

TEST(EnergyText, zero_and_negative_amounts_keep_their_unit) {
  EXPECT_EQ(to_text(Energy()), "0 J");
  EXPECT_EQ(to_text(joules(-0.0)), "0 J");
  EXPECT_EQ(to_text(joules(-12)), "-12.00 J");
}

TEST(EnergyText, the_tiny_and_the_huge_are_not_shown_as_zero_or_as_a_wall_of_digits) {
  EXPECT_EQ(to_text(joules(1.5e-15)), "1.500e-09 uJ");
  EXPECT_EQ(to_text(kilowatt_hours(1.5e12)), "1.500e+12 kWh");
  // In microjoules, the first unit tried, it would be infinite.
  EXPECT_EQ(to_text(joules(3.6e306)), "1.000e+300 kWh");
}

TEST(EnergyText, what_is_not_finite_says_so) {
  EXPECT_EQ(to_text(joules(std::numeric_limits<double>::infinity())), "inf J");
  EXPECT_EQ(to_text(joules(std::numeric_limits<double>::quiet_NaN())), "nan J");
}

TEST(PowerText, takes_the_unit_that_suits_the_size) {
  EXPECT_EQ(to_text(milliwatts(250)), "250.0 mW");
  EXPECT_EQ(to_text(watts(12.345)), "12.35 W");
  EXPECT_EQ(to_text(watts(1250)), "1.250 kW");
  EXPECT_EQ(to_text(Power()), "0 W");
}

TEST(DurationText, takes_the_unit_that_suits_the_size) {
  EXPECT_EQ(to_text(Duration()), "0 ns");
  EXPECT_EQ(to_text(nanoseconds(999)), "999 ns");
  EXPECT_EQ(to_text(microseconds(12.3)), "12.30 us");
  EXPECT_EQ(to_text(milliseconds(100)), "100.0 ms");
  EXPECT_EQ(to_text(seconds(4.56)), "4.560 s");
  EXPECT_EQ(to_text(seconds(192)), "3 min 12 s");
  EXPECT_EQ(to_text(minutes(125)), "2 h 05 min");
  EXPECT_EQ(to_text(hours(100)), "100 h 00 min");
}

TEST(DurationText, never_shows_sixty_seconds_or_sixty_minutes) {
  EXPECT_EQ(to_text(seconds(59.994)), "59.99 s");
  EXPECT_EQ(to_text(seconds(59.996)), "1 min 00 s");
  EXPECT_EQ(to_text(seconds(119.6)), "2 min 00 s");
  EXPECT_EQ(to_text(seconds(3599.6)), "1 h 00 min");
  EXPECT_EQ(to_text(seconds(7199)), "2 h 00 min");
}

TEST(DurationText, negative_lengths_and_the_ends_of_the_range_are_shown) {
  EXPECT_EQ(to_text(seconds(-192)), "-3 min 12 s");
  EXPECT_EQ(to_text(milliseconds(-5)), "-5.000 ms");
  EXPECT_EQ(to_text(Duration::longest()), "2562047 h 47 min");
  EXPECT_EQ(to_text(nanoseconds(std::numeric_limits<std::int64_t>::min())), "-2562047 h 47 min");
}

TEST(CarbonText, takes_the_unit_that_suits_the_size) {
  EXPECT_EQ(to_text(grams(0.0123)), "12.30 mg CO2e");
  EXPECT_EQ(to_text(grams(12)), "12.00 g CO2e");
  EXPECT_EQ(to_text(kilograms(1.5)), "1.500 kg CO2e");
  EXPECT_EQ(to_text(kilograms(2500)), "2.500 t CO2e");
}

TEST(CarbonIntensityText, is_in_grams_per_kilowatt_hour) {
  EXPECT_EQ(to_text(grams_per_kilowatt_hour(56.039)), "56.04 gCO2e/kWh");
  EXPECT_EQ(to_text(CarbonIntensity()), "0 gCO2e/kWh");
}

TEST(MoneyText, has_two_decimals_and_more_below_one) {
  const Currency euro("EUR");
  EXPECT_EQ(to_text(Money(1234.567, euro)), "1234.57 EUR");
  EXPECT_EQ(to_text(Money(1, euro)), "1.00 EUR");
  EXPECT_EQ(to_text(Money(0.99999, euro)), "1.00 EUR");
  EXPECT_EQ(to_text(Money(0.0123, euro)), "0.01230 EUR");
  EXPECT_EQ(to_text(Money(0, euro)), "0.00 EUR");
  EXPECT_EQ(to_text(Money(-0.5, euro)), "-0.5000 EUR");
}

TEST(BoundedText, all_three_numbers_share_unit_and_decimals) {
  EXPECT_EQ(to_text(Bounded<Energy>{joules(12.3), joules(9.876), joules(14.8)}),
            "12.30 J (9.88 .. 14.80)");
  EXPECT_EQ(to_text(Bounded<Energy>{joules(3500), joules(3400), joules(3700)}),
            "3500 J (3400 .. 3700)");
  EXPECT_EQ(to_text(Bounded<Power>{watts(250), watts(245.55), watts(1250)}),
            "250.0 W (245.6 .. 1250.0)");
  EXPECT_EQ(to_text(Bounded<Duration>{seconds(90), seconds(89.5), seconds(91)}),
            "90.00 s (89.50 .. 91.00)");
  EXPECT_EQ(to_text(Bounded<Carbon>{grams(1.5), grams(1), grams(2)}),
            "1.500 g CO2e (1.000 .. 2.000)");
}

TEST(BoundedText, an_exact_value_stands_alone) {
  EXPECT_EQ(to_text(Bounded<Energy>::exactly(joules(12.3))), "12.30 J");
  EXPECT_EQ(to_text(Bounded<Duration>::exactly(seconds(192))), "3 min 12 s");
  EXPECT_EQ(to_text(Bounded<Money>::exactly({2, Currency("EUR")})), "2.00 EUR");
}

TEST(BoundedText, the_bounds_choose_the_unit_of_a_zero) {
  EXPECT_EQ(to_text(Bounded<Energy>{joules(0), joules(-0.5), joules(0.25)}),
            "0.0 mJ (-500.0 .. 250.0)");
}

TEST(BoundedText, money_keeps_the_decimals_of_its_value) {
  const Currency euro("EUR");
  EXPECT_EQ(to_text(Bounded<Money>{{0.0123, euro}, {0.012, euro}, {1.5, euro}}),
            "0.01230 EUR (0.01200 .. 1.50000)");
}

/// The C++ and, where it is installed, the C locale of a place that writes 1.234,5.
class CommaLocale {
 public:
  CommaLocale() : before_(std::locale::global({std::locale::classic(), new Punctuation})) {
    std::setlocale(LC_NUMERIC, "de_DE.UTF-8");
  }
  ~CommaLocale() {
    std::setlocale(LC_NUMERIC, "C");
    std::locale::global(before_);
  }
  CommaLocale(const CommaLocale&) = delete;
  CommaLocale& operator=(const CommaLocale&) = delete;

 private:
  struct Punctuation : std::numpunct<char> {
    char do_decimal_point() const override { return ','; }
    char do_thousands_sep() const override { return '.'; }
    std::string do_grouping() const override { return "\3"; }
  };
  std::locale before_;
};

TEST(Text, does_not_depend_on_the_locale) {
  const CommaLocale locale;
  EXPECT_EQ(to_text(joules(12.3)), "12.30 J");
  EXPECT_EQ(to_text(kilowatt_hours(12345)), "12345 kWh");
  EXPECT_EQ(to_text(Bounded<Energy>{joules(12.3), joules(12), joules(12.5)}),
            "12.30 J (12.00 .. 12.50)");
  EXPECT_EQ(parse_energy("12.3 J"), joules(12.3));
  EXPECT_FALSE(parse_energy("12,3 J"));
}

TEST(InQuotes, shows_what_was_found) { EXPECT_EQ(in_quotes("12 kWx"), "'12 kWx'"); }

TEST(InQuotes, long_text_is_cut_between_characters) {
  EXPECT_EQ(in_quotes(std::string(1000, 'x')), "'" + std::string(64, 'x') + "...'");
  EXPECT_EQ(in_quotes(std::string(63, 'x') + "\u00b5 and more"),
            "'" + std::string(63, 'x') + "...'");
}

TEST(InQuotes, control_characters_cannot_reach_the_terminal) {
  EXPECT_EQ(in_quotes("a\x1b[2Jb\nc"), "'a?[2Jb?c'");
}

}  // namespace
}  // namespace turngreen::units
