#include "report/scaled_number.h"

#include <gtest/gtest.h>

namespace turngreen::report {
namespace {

TEST(ScaledNumber, the_margin_decides_the_decimals) {
  EXPECT_EQ(with_margin(1843268, 2558, joule_scale(1843268)), "512.02 +- 0.71 Wh");
  EXPECT_EQ(with_margin(0.99356512, 0.00037, {}), "0.99357 +- 0.00037");
  EXPECT_EQ(with_margin(512, 130, {1, "s"}), "512 +- 130 s");
}

TEST(ScaledNumber, without_a_margin_there_are_four_digits) {
  EXPECT_EQ(with_margin(12.3456, std::nullopt, {1, "s"}), "12.35 s");
  EXPECT_EQ(with_margin(12.3456, 0.0, {1, "s"}), "12.35 s");
  EXPECT_EQ(with_margin(0, std::nullopt, {}), "0");
}

TEST(ScaledNumber, a_difference_has_its_sign) {
  EXPECT_EQ(with_margin(-387000, 9000, joule_scale(1843268), true), "-107.5 +- 2.5 Wh");
  EXPECT_EQ(with_margin(5, 1.0, {1, "s"}, true), "+5.0 +- 1.0 s");
}

TEST(ScaledNumber, units_suit_the_size) {
  EXPECT_EQ(joule_scale(0.5).unit, "mJ");
  EXPECT_EQ(joule_scale(3599).unit, "J");
  EXPECT_EQ(joule_scale(3600).unit, "Wh");
  EXPECT_EQ(joule_scale(4e6).unit, "kWh");
  EXPECT_EQ(second_scale(0.02).unit, "ms");
  EXPECT_EQ(second_scale(7920).unit, "s");
}

}  // namespace
}  // namespace turngreen::report
