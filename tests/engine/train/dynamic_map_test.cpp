#include "train/dynamic_map.h"

#include <gtest/gtest.h>

#include <cmath>

namespace turngreen::train {
namespace {

std::uint8_t nearest_by_search(const DynamicMap& map, float x) {
  int best = 0;
  for (int code = 1; code < 256; ++code) {
    if (std::abs(map.value(static_cast<std::uint8_t>(code)) - x) <
        std::abs(map.value(static_cast<std::uint8_t>(best)) - x))
      best = code;
  }
  return static_cast<std::uint8_t>(best);
}

TEST(DynamicMap, has_the_code_book_of_bitsandbytes) {
  const DynamicMap with_sign(true);
  EXPECT_FLOAT_EQ(with_sign.value(0), -0.99296875F);
  EXPECT_FLOAT_EQ(with_sign.value(127), 0.0F);
  EXPECT_FLOAT_EQ(with_sign.value(128), 5.5e-7F);
  EXPECT_FLOAT_EQ(with_sign.value(254), 0.99296875F);
  EXPECT_FLOAT_EQ(with_sign.value(255), 1.0F);
  const DynamicMap without(false);
  EXPECT_FLOAT_EQ(without.value(0), 0.0F);
  EXPECT_FLOAT_EQ(without.value(1), 3.25e-7F);
  EXPECT_FLOAT_EQ(without.value(254), 0.996484375F);
  EXPECT_FLOAT_EQ(without.value(255), 1.0F);
}

TEST(DynamicMap, finds_the_nearest_as_a_search_does) {
  for (const bool is_signed : {true, false}) {
    const DynamicMap map(is_signed);
    for (int i = -4000; i <= 4000; ++i) {
      const float share = static_cast<float>(i) / 4000;
      if (!is_signed && i < 0) continue;
      for (const float x : {share, share * share * share, share * 1e-5F}) {
        const float found = map.value(map.nearest(x));
        const float expected = map.value(nearest_by_search(map, x));
        // Of two that are as near, either.
        ASSERT_NEAR(std::abs(found - x), std::abs(expected - x), 1e-7F) << x;
      }
    }
  }
}

TEST(DynamicMap, keeps_a_sign) {
  const DynamicMap map(true);
  EXPECT_LT(map.value(map.nearest_of_its_sign(-1e-9F)), 0.0F);
  EXPECT_EQ(map.value(map.nearest_of_its_sign(0.0F)), 0.0F);
  EXPECT_GT(map.value(map.nearest_of_its_sign(1e-5F)), 0.0F);
}

}  // namespace
}  // namespace turngreen::train
