#include "explore/candidates.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "toy_study.h"

namespace turngreen::explore {
namespace {

using knobs::Configuration;

/// Twenty knobs of three values, of which the first two may not be on together.
knobs::Space large_space() {
  std::vector<knobs::Knob> made;
  for (int i = 0; i < 20; ++i) made.push_back(knob(fmt::format("k{}", i), {"0", "1", "2"}, true));
  const auto on = [](const char* id) {
    return knobs::Condition{id, {knobs::Value("1"), knobs::Value("2")}};
  };
  return space_of(std::move(made), {{on("k0"), on("k1")}});
}

/// Best where the first eight knobs that may be are at 2, and the others off.
std::vector<double> few_knobs_far(std::span<const Configuration> configurations) {
  std::vector<double> values;
  for (const auto& configuration : configurations) {
    double value = 100;
    for (std::size_t k = 0; k < configuration.levels.size(); ++k) {
      const double level = configuration.levels[k];
      value += k < 8 ? level * static_cast<double>(k + 1) : -level;
    }
    values.push_back(value);
  }
  return values;
}

bool all_possible(const Configuration&) { return true; }

TEST(Candidates, a_small_space_is_enumerated_without_what_its_rules_forbid) {
  const auto on = [](const char* id) { return knobs::Condition{id, {knobs::Value("on")}}; };
  const auto space =
      space_of({knob("a", {"off", "on"}), knob("b", {"off", "on"})}, {{on("a"), on("b")}});
  const Candidates candidates(space, all_possible);
  EXPECT_TRUE(candidates.enumerated());
  EXPECT_EQ(candidates.all().size(), 3);
  EXPECT_EQ(candidates.worth_a_look(few_knobs_far, {}, 1).size(), 3);
}

TEST(Candidates, the_search_of_a_large_space_finds_the_best_of_a_simple_valuation) {
  const auto space = large_space();
  const Candidates candidates(space, all_possible);
  EXPECT_FALSE(candidates.enumerated());
  const auto found = candidates.worth_a_look(few_knobs_far, {}, 1);
  const auto values = few_knobs_far(found);
  const auto best = std::ranges::max_element(values);
  // Of the first two, the second is worth more.
  EXPECT_EQ(*best, 100 + 2 * (2 + 3 + 4 + 5 + 6 + 7 + 8));
  const auto& configuration = found[static_cast<std::size_t>(best - values.begin())];
  EXPECT_EQ(configuration.levels[0], 0);
  EXPECT_EQ(configuration.levels[1], 2);
}

TEST(Candidates, the_search_of_a_large_space_stays_within_the_rules) {
  const auto space = large_space();
  const auto found = Candidates(space, all_possible).worth_a_look(few_knobs_far, {}, 3);
  EXPECT_GT(found.size(), 100);
  for (const auto& configuration : found) EXPECT_TRUE(space.allows(configuration));
}

TEST(Candidates, the_search_passes_over_what_the_pipeline_cannot_do) {
  const auto space = large_space();
  const auto possible = [](const Configuration& configuration) {
    return configuration.levels[7] != 2;
  };
  const auto found = Candidates(space, possible).worth_a_look(few_knobs_far, {}, 3);
  EXPECT_TRUE(std::ranges::all_of(found, possible));
  const auto values = few_knobs_far(found);
  EXPECT_EQ(std::ranges::max(values), 100 + 2 * (2 + 3 + 4 + 5 + 6 + 7) + 8);
}

TEST(Candidates, the_search_is_the_same_for_the_same_seed) {
  const auto space = large_space();
  const Candidates candidates(space, all_possible);
  EXPECT_EQ(candidates.worth_a_look(few_knobs_far, {}, 5),
            candidates.worth_a_look(few_knobs_far, {}, 5));
}

TEST(Candidates, a_start_that_is_given_is_looked_at) {
  const auto space = large_space();
  Configuration start = space.baseline();
  for (std::size_t k = 8; k < 20; ++k) start.levels[k] = static_cast<knobs::Level>(1 + k % 2);
  const auto found =
      Candidates(space, all_possible).worth_a_look(few_knobs_far, std::span(&start, 1), 1);
  EXPECT_NE(std::ranges::find(found, start), found.end());
}

}  // namespace
}  // namespace turngreen::explore
