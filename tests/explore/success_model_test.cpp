#include "explore/success_model.h"

#include <gtest/gtest.h>

#include <array>

#include "toy_study.h"

namespace turngreen::explore {
namespace {

constexpr std::array kFull{1.0};

std::vector<double> probabilities(const std::vector<study::Trial>& trials,
                                  const std::vector<knobs::Configuration>& configurations) {
  const auto study = study_of(switches(4));
  return SuccessModel(study.space, observed_runs(study, kFull, trials))
      .probabilities(configurations);
}

const auto kRan = completed({{"train", 10}}, 0.9);

TEST(SuccessModel, as_long_as_nothing_failed_everything_succeeds) {
  EXPECT_EQ(probabilities({trial_of({0, 0, 0, 0}, kRan)}, {{{1, 1, 0, 0}}, {{0, 0, 1, 1}}}),
            (std::vector<double>{1, 1}));
}

TEST(SuccessModel, a_failing_pair_makes_its_combinations_unlikely_and_leaves_others) {
  const auto found = probabilities(
      {trial_of({0, 0, 0, 0}, kRan), trial_of({1, 0, 0, 0}, kRan), trial_of({0, 1, 0, 0}, kRan),
       trial_of({1, 0, 1, 0}, kRan), trial_of({1, 1, 0, 0}, failed("out of memory")),
       trial_of({1, 1, 0, 1}, failed("out of memory"))},
      {{{1, 1, 1, 0}}, {{1, 1, 0, 0}}, {{1, 0, 0, 0}}, {{0, 1, 1, 0}}, {{0, 0, 1, 1}}});
  EXPECT_LT(found[0], 0.5) << "not run itself";
  EXPECT_LT(found[1], 0.05);
  EXPECT_GT(found[2], 0.95);
  EXPECT_GT(found[3], 0.65);
  EXPECT_GT(found[4], 0.65);
}

TEST(SuccessModel, a_run_that_was_stopped_is_no_failure) {
  auto stopped = kRan;
  stopped.ending = pipeline::Ending::stopped;
  EXPECT_EQ(probabilities({trial_of({1, 0, 0, 0}, stopped)}, {{{1, 0, 0, 0}}}).front(), 1);
}

TEST(SuccessModel, the_baseline_is_not_made_unlikely_by_others) {
  EXPECT_GT(probabilities({trial_of({0, 0, 0, 0}, kRan), trial_of({1, 1, 1, 1}, failed("no"))},
                          {{{0, 0, 0, 0}}})
                .front(),
            0.95);
}

}  // namespace
}  // namespace turngreen::explore
