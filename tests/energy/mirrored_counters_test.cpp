#include "energy/mirrored_counters.h"

#include <gmock/gmock.h>

#include <cstdint>
#include <vector>

namespace turngreen::energy {
namespace {

using ::testing::ElementsAre;
using ::testing::Eq;
using ::testing::Optional;

constexpr auto kShared = CountingFrom::shared_origin;
constexpr auto kOwn = CountingFrom::own_origin;

CounterPasses passes_of(const std::vector<std::vector<std::uint64_t>>& values) {
  CounterPasses passes;
  for (const auto& row : values) {
    auto& pass = passes.emplace_back();
    for (const std::uint64_t value : row) pass.push_back(Reading::of(value));
  }
  return passes;
}

std::optional<std::size_t> second_mirrors(const std::vector<std::vector<std::uint64_t>>& values,
                                          CountingFrom origin) {
  const std::vector<unsigned> groups{0, 0};
  return find_mirrors(passes_of(values), groups, origin).at(1);
}

TEST(MirroredCounters, the_same_value_moving_alike_is_a_mirror) {
  EXPECT_THAT(second_mirrors({{5, 5}, {5, 5}, {9, 9}, {9, 9}}, kShared), Optional(0U));
}

TEST(MirroredCounters, an_update_between_two_reads_is_no_difference) {
  EXPECT_THAT(second_mirrors({{5, 5}, {5, 9}, {9, 9}, {9, 9}}, kShared), Optional(0U));
}

TEST(MirroredCounters, values_that_cross_are_no_mirror) {
  EXPECT_EQ(second_mirrors({{5, 3}, {5, 3}, {9, 9}, {9, 9}, {11, 13}, {11, 13}}, kShared),
            std::nullopt);
}

TEST(MirroredCounters, counters_that_both_stand_at_zero_tell_nothing) {
  EXPECT_EQ(second_mirrors({{0, 0}, {0, 0}, {0, 0}}, kShared), std::nullopt);
}

TEST(MirroredCounters, counters_of_two_groups_are_not_compared) {
  const std::vector<unsigned> groups{0, 1};
  EXPECT_EQ(find_mirrors(passes_of({{5, 5}, {5, 5}, {5, 5}}), groups, kShared).at(1), std::nullopt);
}

TEST(MirroredCounters, all_dies_mirror_the_first) {
  const std::vector<unsigned> groups{7, 7, 7, 7};
  EXPECT_THAT(find_mirrors(passes_of({{5, 6, 5, 5}, {5, 6, 5, 5}}), groups, kShared),
              ElementsAre(Eq(std::nullopt), Eq(std::nullopt), Optional(0U), Optional(0U)));
}

TEST(MirroredCounters, an_unreadable_counter_mirrors_nothing) {
  CounterPasses passes = passes_of({{5, 5}, {5, 5}, {5, 5}});
  for (auto& pass : passes) pass[1] = Reading::missing();
  const std::vector<unsigned> groups{0, 0};
  EXPECT_EQ(find_mirrors(passes, groups, kShared).at(1), std::nullopt);
}

std::vector<std::vector<std::uint64_t>> staircases(std::uint64_t first_step,
                                                   std::uint64_t second_step) {
  std::vector<std::vector<std::uint64_t>> values;
  for (std::uint64_t i = 0; i < 60; ++i)
    values.push_back({1000 + i / 10 * first_step, 40 + i / 10 * second_step});
  return values;
}

TEST(MirroredCounters, with_own_origins_a_constant_difference_is_a_mirror) {
  EXPECT_THAT(second_mirrors(staircases(7, 7), kOwn), Optional(0U));
}

TEST(MirroredCounters, with_own_origins_different_steps_are_no_mirror) {
  EXPECT_EQ(second_mirrors(staircases(7, 8), kOwn), std::nullopt);
}

TEST(MirroredCounters, with_own_origins_a_standstill_proves_nothing) {
  EXPECT_EQ(second_mirrors(staircases(0, 0), kOwn), std::nullopt);
}

TEST(MirroredCounters, watching_ends_although_a_counter_never_moves) {
  const auto passes = watch_counters(
      2, [&](std::span<Reading> out) { out[0] = out[1] = Reading::of(1); }, units::milliseconds(1));
  EXPECT_GE(passes.size(), 3U);
  EXPECT_THAT(passes.back(), ElementsAre(Reading::of(1), Reading::of(1)));
}

TEST(MirroredCounters, watching_ends_early_once_a_counter_has_moved_some_times) {
  std::uint64_t reads = 0;
  const auto passes = watch_counters(
      1, [&](std::span<Reading> out) { out[0] = Reading::of(++reads / 100); }, units::minutes(10));
  EXPECT_LT(passes.size(), 1000U);
}

}  // namespace
}  // namespace turngreen::energy
