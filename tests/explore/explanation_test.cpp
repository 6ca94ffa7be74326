#include "turngreen/explore/explanation.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>

#include "toy_study.h"

namespace turngreen::explore {
namespace {

using knobs::Level;
using study::Trial;

constexpr std::array kFull{1.0};

/// a halves, b takes a fifth, c nothing; a and b together take 1.6 times what they should, a and c
/// what they should, b and c 0.6 of it.
Trial cascade(unsigned bits) {
  const bool a = (bits & 1U) != 0;
  const bool b = (bits & 2U) != 0;
  const bool c = (bits & 4U) != 0;
  const double joules =
      100 * (a ? 0.5 : 1) * (b ? 0.8 : 1) * (a && b ? 1.6 : 1) * (b && c ? 0.6 : 1);
  return trial_of({static_cast<Level>(a), static_cast<Level>(b), static_cast<Level>(c)},
                  completed({{"train", joules}}, a ? 0.89 : 0.9));
}

std::vector<Trial> all_of_it() {
  std::vector<Trial> trials;
  for (int repeat = 0; repeat < 4; ++repeat) {
    for (unsigned bits = 0; bits < 8; ++bits) trials.push_back(cascade(bits));
  }
  return trials;
}

const PairEffect& pair_of(const Explanation& explanation, std::size_t first, std::size_t second) {
  return *std::ranges::find_if(explanation.pairs, [&](const PairEffect& pair) {
    return pair.first == first && pair.second == second;
  });
}

TEST(Explanation, tells_the_factor_of_every_knob) {
  const auto study = study_of(switches(3));
  const auto found = explain(study, kFull, all_of_it());
  ASSERT_EQ(found.knobs.size(), 3);
  EXPECT_NEAR(found.knobs[0].factor.value, 0.5, 0.03);
  EXPECT_NEAR(found.knobs[1].factor.value, 0.8, 0.04);
  EXPECT_NEAR(found.knobs[2].factor.value, 1.0, 0.04);
  for (const auto& effect : found.knobs) {
    EXPECT_TRUE(effect.tried);
    EXPECT_LT(effect.factor.low, effect.factor.value);
    EXPECT_GT(effect.factor.high, effect.factor.value);
  }
}

TEST(Explanation, tells_synergy_from_antagonism_and_independence) {
  const auto study = study_of(switches(3));
  const auto found = explain(study, kFull, all_of_it());
  ASSERT_EQ(found.pairs.size(), 3);
  EXPECT_EQ(pair_of(found, 0, 1).verdict, Verdict::antagonism);
  EXPECT_NEAR(pair_of(found, 0, 1).factor.value, 1.6, 0.15);
  EXPECT_EQ(pair_of(found, 1, 2).verdict, Verdict::synergy);
  EXPECT_NEAR(pair_of(found, 1, 2).factor.value, 0.6, 0.06);
  const auto apart = pair_of(found, 0, 2).verdict;
  EXPECT_TRUE(apart == Verdict::independent || apart == Verdict::not_distinguishable)
      << to_string(apart);
}

TEST(Explanation, tells_the_change_of_quality_with_its_sign) {
  auto study = study_of(switches(3));
  EXPECT_NEAR(explain(study, kFull, all_of_it()).knobs[0].quality_change->value, -0.01, 0.003);
  study.quality.higher_is_better = false;
  const auto change = explain(study, kFull, all_of_it()).knobs[0].quality_change.value();
  EXPECT_NEAR(change.value, -0.01, 0.003) << "the metric fell, and that is better";
  EXPECT_LT(change.low, change.high);
}

TEST(Explanation, one_run_of_a_pair_does_not_tell_it) {
  const auto study = study_of(switches(3));
  const auto found = explain(study, kFull, {cascade(0), cascade(5)});
  ASSERT_EQ(found.pairs.size(), 1) << "pairs that no run had are left out";
  EXPECT_EQ(found.pairs[0].verdict, Verdict::not_distinguishable);
}

TEST(Explanation, a_knob_that_was_never_on_is_marked) {
  const auto study = study_of(switches(3));
  const auto found = explain(study, kFull, {cascade(0), cascade(1)});
  EXPECT_TRUE(found.knobs[0].tried);
  EXPECT_FALSE(found.knobs[1].tried);
}

TEST(Explanation, can_be_of_one_stage) {
  const auto study = study_of(switches(1));
  std::vector<Trial> trials;
  for (int repeat = 0; repeat < 4; ++repeat) {
    trials.push_back(trial_of({0}, completed({{"train", 80}, {"evaluate", 20}}, 0.9)));
    trials.push_back(trial_of({1}, completed({{"train", 80}, {"evaluate", 5}}, 0.9)));
  }
  EXPECT_NEAR(explain(study, kFull, trials, "train").knobs[0].factor.value, 1, 0.03);
  EXPECT_NEAR(explain(study, kFull, trials, "evaluate").knobs[0].factor.value, 0.25, 0.03);
  EXPECT_NEAR(explain(study, kFull, trials).knobs[0].factor.value, 0.85, 0.03);
}

TEST(Explanation, checks_its_intervals_by_leaving_each_run_out) {
  const auto study = study_of(switches(3));
  const auto found = explain(study, kFull, all_of_it());
  EXPECT_EQ(found.predicted, 32);
  EXPECT_GE(found.inside, 30);
}

}  // namespace
}  // namespace turngreen::explore
