#include "turngreen/knobs/space.h"

#include <gmock/gmock.h>

#include <algorithm>

namespace turngreen::knobs {
namespace {

using testing::HasSubstr;

Knob knob(std::string id, std::initializer_list<const char*> values) {
  Knob made{.id = std::move(id)};
  for (const char* value : values) made.values.emplace_back(value);
  return made;
}

Condition when(std::string id, std::initializer_list<const char*> values) {
  Condition condition{.knob = std::move(id)};
  for (const char* value : values) condition.values.emplace_back(value);
  return condition;
}

/// LoRA with a rank that only counts where it is on, and a precision that compile excludes.
Space lora_space() {
  Knob rank = knob("rank", {"8", "4", "16"});
  rank.needs = {when("lora", {"on"})};
  Knob compile = knob("compile", {"off", "on"});
  compile.excludes = {when("precision", {"fp16"})};
  return Space::build({knob("lora", {"off", "on"}), rank,
                       knob("precision", {"fp32", "fp16", "bf16"}), compile},
                      {{when("lora", {"on"}), when("precision", {"bf16"})}})
      .value();
}

std::string faults_of(std::vector<Knob> knobs, Space::Forbidden forbidden = {}) {
  const auto space = Space::build(std::move(knobs), std::move(forbidden));
  return space ? "none" : space.error().message;
}

Configuration of(std::initializer_list<int> levels) {
  Configuration configuration;
  for (const int level : levels) configuration.levels.push_back(static_cast<Level>(level));
  return configuration;
}

TEST(Space, the_baseline_has_all_knobs_off) {
  Knob width = knob("width", {"2", "4", "8"});
  width.off = 2;
  const auto space = Space::build({knob("lr", {"1", "2"}), width}).value();
  EXPECT_EQ(space.baseline(), of({0, 2}));
  EXPECT_TRUE(space.is_baseline(of({0, 2})));
  EXPECT_FALSE(space.is_baseline(of({0, 1})));
  EXPECT_EQ(space.describe(space.baseline()), "baseline");
}

TEST(Space, without_knobs_the_baseline_is_the_only_configuration) {
  const Space space;
  EXPECT_TRUE(space.allows(space.baseline()));
  EXPECT_EQ(space.combinations(), 1u);
  EXPECT_EQ(space.enumerate(10)->size(), 1u);
}

TEST(Space, a_knob_whose_needs_do_not_hold_must_be_off) {
  const Space space = lora_space();
  EXPECT_TRUE(space.allows(of({0, 0, 0, 0})));
  EXPECT_TRUE(space.allows(of({1, 1, 0, 0})));
  EXPECT_FALSE(space.allows(of({0, 1, 0, 0})));
  EXPECT_EQ(space.objection(of({0, 1, 0, 0})), "rank=4 requires lora=on, and lora=off is set");
}

TEST(Space, an_excluded_value_is_not_allowed_beside_a_knob_that_is_on) {
  const Space space = lora_space();
  EXPECT_FALSE(space.allows(of({0, 0, 1, 1})));
  EXPECT_TRUE(space.allows(of({0, 0, 1, 0})));
  EXPECT_EQ(space.objection(of({0, 0, 1, 1})), "compile=on excludes precision=fp16");
}

TEST(Space, a_forbidden_combination_is_forbidden_only_as_a_whole) {
  const Space space = lora_space();
  EXPECT_FALSE(space.allows(of({1, 0, 2, 0})));
  EXPECT_TRUE(space.allows(of({0, 0, 2, 0})));
  EXPECT_EQ(space.objection(of({1, 0, 2, 0})), "lora=on with precision=bf16 is forbidden");
}

TEST(Space, levels_that_no_knob_has_are_refused_and_not_read) {
  const Space space = lora_space();
  EXPECT_FALSE(space.allows(of({0, 0, 0})));
  EXPECT_FALSE(space.allows(of({0, 1, 200, 0})));
  EXPECT_FALSE(space.allows(of({70, 1, 0, 0})));
  EXPECT_THAT(*space.objection(of({0, 0})), HasSubstr("2 levels for 4 knobs"));
  EXPECT_THAT(*space.objection(of({0, 0, 9, 0})), HasSubstr("no value number 10"));
}

TEST(Space, objection_and_allows_agree_everywhere) {
  const Space space = lora_space();
  for (int lora = 0; lora < 2; ++lora) {
    for (int rank = 0; rank < 3; ++rank) {
      for (int precision = 0; precision < 3; ++precision) {
        for (int compile = 0; compile < 2; ++compile) {
          const auto c = of({lora, rank, precision, compile});
          EXPECT_EQ(space.allows(c), !space.objection(c)) << space.describe(c);
        }
      }
    }
  }
}

TEST(Space, enumerates_what_is_allowed_once_in_lexicographic_order) {
  const Space space = lora_space();
  const auto all = space.enumerate(1000).value();
  EXPECT_TRUE(std::is_sorted(all.begin(), all.end()));
  EXPECT_EQ(std::adjacent_find(all.begin(), all.end()), all.end());
  EXPECT_EQ(std::count(all.begin(), all.end(), space.baseline()), 1);
  std::size_t allowed = 0;
  for (int lora = 0; lora < 2; ++lora) {
    for (int rank = 0; rank < 3; ++rank) {
      for (int precision = 0; precision < 3; ++precision) {
        for (int compile = 0; compile < 2; ++compile) {
          allowed += space.allows(of({lora, rank, precision, compile})) ? 1u : 0u;
        }
      }
    }
  }
  EXPECT_EQ(all.size(), allowed);
  for (const auto& c : all) EXPECT_TRUE(space.allows(c));
}

TEST(Space, enumerates_up_to_the_limit_and_not_beyond) {
  const Space space = lora_space();
  const std::size_t count = space.enumerate(1000)->size();
  EXPECT_TRUE(space.enumerate(count));
  EXPECT_FALSE(space.enumerate(count - 1));
}

TEST(Space, enumerating_skips_branches_that_conditions_close) {
  // 2^40 combinations, of which one needs all the others.
  std::vector<Knob> knobs{knob("k0", {"off", "on"})};
  for (int i = 1; i < 40; ++i) {
    knobs.push_back(knob("k" + std::to_string(i), {"off", "on"}));
    knobs.back().needs = {when("k" + std::to_string(i - 1), {"on"})};
  }
  EXPECT_EQ(Space::build(knobs)->enumerate(100'000)->size(), 41u);
}

TEST(Space, enumerating_gives_up_where_there_are_only_dead_ends) {
  std::vector<Knob> knobs;
  for (int i = 0; i < 60; ++i) {
    knobs.push_back(knob("k" + std::to_string(i), {"off", "on"}));
    knobs.back().needs = {when("last", {"on"})};
  }
  knobs.push_back(knob("last", {"off", "on"}));
  knobs.back().needs = {when("never", {"on"})};
  knobs.push_back(knob("never", {"off", "on"}));
  knobs.back().excludes = {when("last", {"off", "on"})};
  EXPECT_FALSE(Space::build(knobs)->enumerate(1000));
}

TEST(Space, counts_combinations_and_saturates) {
  EXPECT_EQ(lora_space().combinations(), 36u);
  std::vector<Knob> many;
  for (int i = 0; i < 100; ++i) many.push_back(knob("k" + std::to_string(i), {"a", "b", "c"}));
  EXPECT_EQ(Space::build(many)->combinations(), std::numeric_limits<std::uint64_t>::max());
}

TEST(Space, settings_name_levels_and_come_back_from_them) {
  const Space space = lora_space();
  const auto c = space.configuration({{"rank", Value("16")}, {"lora", Value("on")}}).value();
  EXPECT_EQ(c, of({1, 2, 0, 0}));
  EXPECT_EQ(space.describe(c), "lora=on, rank=16");
  EXPECT_EQ(space.configuration(space.settings(c)).value(), c);
}

TEST(Space, settings_of_unknown_knobs_and_values_are_told_with_the_right_ones) {
  const Space space = lora_space();
  EXPECT_THAT(space.configuration({{"presicion", Value("fp16")}}).error().message,
              HasSubstr("did you mean precision?"));
  EXPECT_THAT(space.configuration({{"rank", Value("5")}}).error().message,
              HasSubstr("it may be 8, 4, 16"));
  EXPECT_THAT(space.configuration({{"rank", Value("4")}}).error().message,
              HasSubstr("requires lora=on"));
  EXPECT_THAT(space.configuration({{"lora", Value("on")}, {"lora", Value("off")}}).error().message,
              HasSubstr("twice"));
}

TEST(SpaceBuild, names_that_are_doubled_or_not_well_formed_are_faults) {
  EXPECT_THAT(faults_of({knob("a", {"1"}), knob("a", {"1"})}), HasSubstr("two knobs a"));
  for (const char* id : {"", "1a", "a-b", "a b", "\xc3\xa4"}) {
    EXPECT_THAT(faults_of({knob(id, {"1"})}), HasSubstr("no name for a knob")) << id;
  }
  EXPECT_EQ(faults_of({knob("_a1", {"1"})}), "none");
}

TEST(SpaceBuild, values_must_be_there_and_different) {
  EXPECT_THAT(faults_of({knob("a", {})}), HasSubstr("has 0 values"));
  EXPECT_THAT(faults_of({knob("a", {"1", "1.0"})}), HasSubstr("'1.0' twice"));
  Knob many = knob("a", {});
  for (std::size_t i = 0; i <= kMaxValues; ++i) many.values.emplace_back(std::to_string(i));
  EXPECT_THAT(faults_of({many}), HasSubstr("65 values; it may have 1 to 64"));
}

TEST(SpaceBuild, the_last_of_64_values_can_be_required) {
  Knob many = knob("many", {});
  for (std::size_t i = 0; i < kMaxValues; ++i) many.values.emplace_back(std::to_string(i));
  Knob other = knob("other", {"off", "on"});
  other.needs = {when("many", {"63"})};
  const auto space = Space::build({many, other}).value();
  EXPECT_TRUE(space.allows(of({63, 1})));
  EXPECT_FALSE(space.allows(of({62, 1})));
}

TEST(SpaceBuild, conditions_on_unknown_knobs_and_values_come_with_the_nearest) {
  Knob a = knob("a", {"off", "on"});
  a.needs = {when("precison", {"fp16"})};
  a.excludes = {when("precision", {"fp61"})};
  const std::string faults = faults_of({a, knob("precision", {"fp32", "fp16"})});
  EXPECT_THAT(faults, HasSubstr("did you mean precision?"));
  EXPECT_THAT(faults, HasSubstr("did you mean fp16?"));
  EXPECT_EQ(std::count(faults.begin(), faults.end(), '\n'), 1);
}

TEST(SpaceBuild, a_knob_cannot_require_itself) {
  Knob a = knob("a", {"off", "on"});
  a.needs = {when("a", {"on"})};
  EXPECT_THAT(faults_of({a}), HasSubstr("itself"));
}

TEST(SpaceBuild, the_baseline_cannot_be_forbidden) {
  const std::vector<Knob> knobs{knob("a", {"off", "on"}), knob("b", {"off", "on"})};
  EXPECT_THAT(faults_of(knobs, {{when("a", {"off", "on"}), when("b", {"off"})}}),
              HasSubstr("the baseline must be allowed"));
  EXPECT_EQ(faults_of(knobs, {{when("a", {"off"}), when("b", {"on"})}}), "none");
  EXPECT_THAT(faults_of(knobs, {{}}), HasSubstr("names no knob"));
}

TEST(SpaceBuild, expectations_must_be_above_zero_and_one_for_each_value) {
  Knob a = knob("a", {"off", "on"});
  a.expected = {std::nullopt, Expectation{0.0, 0.3}};
  EXPECT_THAT(faults_of({a}), HasSubstr("must be above 0"));
  a.expected = {std::nullopt};
  EXPECT_THAT(faults_of({a}), HasSubstr("1 expectations for 2 values"));
}

TEST(SpaceBuild, more_knobs_than_can_be_explored_are_refused) {
  std::vector<Knob> many;
  for (std::size_t i = 0; i <= kMaxKnobs; ++i) many.push_back(knob("k" + std::to_string(i), {"a"}));
  EXPECT_THAT(faults_of(many), HasSubstr("at most 128"));
}

}  // namespace
}  // namespace turngreen::knobs
