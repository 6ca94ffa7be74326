#include "pipeline/repeat_order.h"

#include <gtest/gtest.h>

#include <set>

namespace turngreen::pipeline {
namespace {

TEST(RepeatOrder, a_block_of_seeds_draws_every_repeat_once) {
  const knobs::Configuration configuration{{1, 2, 3}};
  for (const std::size_t count : {1U, 2U, 7U, 100U}) {
    for (const std::uint64_t block : {std::uint64_t{0}, std::uint64_t{3}, UINT64_MAX / 1000}) {
      std::set<std::size_t> drawn;
      for (std::uint64_t i = 0; i < count; ++i) {
        drawn.insert(drawn_repeat(count, configuration, 1, block * count + i));
      }
      EXPECT_EQ(drawn.size(), count);
      EXPECT_LT(*drawn.rbegin(), count);
    }
  }
}

TEST(RepeatOrder, configuration_and_fidelity_change_the_order) {
  std::set<std::size_t> by_configuration, by_fidelity;
  for (std::uint8_t level = 0; level < 20; ++level) {
    by_configuration.insert(drawn_repeat(100, {{level}}, 1, 0));
    by_fidelity.insert(drawn_repeat(100, {{0}}, 0.01 * level, 0));
  }
  EXPECT_GT(by_configuration.size(), 10U);
  EXPECT_GT(by_fidelity.size(), 10U);
}

TEST(RepeatOrder, the_draw_is_the_same_on_every_machine) {
  std::vector<std::size_t> drawn;
  for (std::uint64_t seed = 0; seed < 5; ++seed) {
    drawn.push_back(drawn_repeat(5, {{1, 0}}, 1, seed));
  }
  EXPECT_EQ(drawn, (std::vector<std::size_t>{4, 3, 0, 2, 1}));
}

}  // namespace
}  // namespace turngreen::pipeline
