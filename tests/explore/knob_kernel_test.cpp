#include "explore/knob_kernel.h"

#include <gtest/gtest.h>

#include <cmath>

#include "toy_study.h"

namespace turngreen::explore {
namespace {

using knobs::Configuration;

TEST(KnobKernel, a_level_of_an_unordered_knob_is_like_itself_alone) {
  const auto space = space_of({knob("kind", {"off", "x", "y"})});
  const KnobKernel kernel(space, "");
  EXPECT_EQ(kernel.likeness(0, 1, 1), 1);
  EXPECT_EQ(kernel.likeness(0, 1, 2), 0);
  EXPECT_EQ(kernel.likeness(0, 0, 0), 0) << "off contributes nothing";
}

TEST(KnobKernel, levels_of_an_ordered_knob_share_the_steps_that_both_took) {
  const auto space = space_of({knob("bits", {"32", "16", "8", "4"}, true)});
  const KnobKernel kernel(space, "");
  const double step = 1 / std::sqrt(3.0);
  for (const auto& [a, b, steps] : {std::tuple{1, 1, 1}, {1, 3, 1}, {2, 3, 2}, {3, 3, 3}}) {
    EXPECT_DOUBLE_EQ(kernel.likeness(0, static_cast<knobs::Level>(a), static_cast<knobs::Level>(b)),
                     steps * step)
        << a << " and " << b;
  }
  EXPECT_EQ(kernel.likeness(0, 0, 3), 0);
}

TEST(KnobKernel, levels_on_both_sides_of_off_have_nothing_in_common) {
  auto middle = knob("batch", {"16", "32", "64"}, true);
  middle.off = 1;
  const KnobKernel kernel(space_of({middle}), "");
  EXPECT_EQ(kernel.likeness(0, 0, 2), 0);
  EXPECT_EQ(kernel.likeness(0, 0, 0), 1);
}

TEST(KnobKernel, activity_is_the_share_of_the_way_from_off) {
  const auto space = space_of({knob("bits", {"32", "16", "8"}, true), knob("kind", {"off", "x"})});
  const KnobKernel kernel(space, "");
  EXPECT_EQ(kernel.activity({{0, 0}}), 0);
  EXPECT_EQ(kernel.activity({{1, 0}}), 0.5);
  EXPECT_EQ(kernel.activity({{2, 1}}), 2);
}

TEST(KnobKernel, pairs_are_counted_once_and_need_both_knobs) {
  const KnobKernel kernel(switches(3), "");
  const Likeness all = kernel.between({{1, 1, 1}}, {{1, 1, 1}});
  EXPECT_EQ(all.mains, 3);
  EXPECT_EQ(all.pairs, 3);
  const Likeness one = kernel.between({{1, 0, 0}}, {{1, 1, 1}});
  EXPECT_EQ(one.mains, 1);
  EXPECT_EQ(one.pairs, 0);
}

TEST(KnobKernel, knobs_of_other_stages_do_not_count) {
  auto training = knob("precision", {"32", "16"});
  training.stages = {"train"};
  const auto space = space_of({training, knob("threads", {"2", "1"})});
  const KnobKernel evaluation(space, "evaluate");
  EXPECT_FALSE(evaluation.acts(0));
  EXPECT_TRUE(evaluation.acts(1)) << "it names no stage, so it may act on all";
  EXPECT_EQ(evaluation.between({{1, 0}}, {{1, 0}}).mains, 0);
  EXPECT_TRUE(evaluation.between({{1, 1}}, {{0, 1}}).same);
  EXPECT_FALSE(KnobKernel(space, "train").between({{1, 1}}, {{0, 1}}).same);
  EXPECT_TRUE(KnobKernel(space, "").acts(0));
}

TEST(KnobKernel, two_baselines_do_not_share_a_residual) {
  const KnobKernel kernel(switches(2), "");
  EXPECT_FALSE(kernel.between({{0, 0}}, {{0, 0}}).same);
  EXPECT_TRUE(kernel.between({{0, 1}}, {{0, 1}}).same);
}

TEST(KnobKernel, a_knob_that_names_stages_of_other_pipelines_acts_on_all) {
  auto foreign = knob("a", {"off", "on"});
  foreign.stages = {"tokenize"};
  auto known = knob("b", {"off", "on"});
  known.stages = {"evaluate"};
  const std::vector<std::string> stages{"train", "evaluate"};
  const KnobKernel kernel(space_of({foreign, known}), "train", stages);
  EXPECT_TRUE(kernel.acts(0));
  EXPECT_FALSE(kernel.acts(1));
}

}  // namespace
}  // namespace turngreen::explore
