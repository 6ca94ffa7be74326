#include "turngreen/explore/warnings.h"

#include <gmock/gmock.h>

#include "toy_study.h"

namespace turngreen::explore {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

study::Trial full_run(double joules, std::uint64_t seed) {
  auto trial = trial_of({1, 0}, completed({{"train", joules}}, 0.9 + 0.001 * joules));
  trial.assignment.seed = seed;
  return trial;
}

TEST(Warnings, runs_that_agree_give_none) {
  const auto study = study_of(switches(2));
  EXPECT_THAT(warnings_of(study, {full_run(100, 1), full_run(101, 2), full_run(99, 3)}), IsEmpty());
}

TEST(Warnings, two_groups_of_one_configuration_are_told_as_two) {
  const auto study = study_of(switches(2));
  const auto warnings =
      warnings_of(study, {full_run(100, 1), full_run(60, 2), full_run(101, 3), full_run(61, 4)});
  ASSERT_EQ(warnings.size(), 1U);
  EXPECT_THAT(warnings.front(), HasSubstr("a=on"));
  EXPECT_THAT(warnings.front(), HasSubstr("two groups"));
}

TEST(Warnings, a_suspicion_that_was_noted_is_told) {
  const auto study = study_of(switches(2));
  auto trial = full_run(100, 1);
  trial.provenance.emplace_back("suspicious", "its predictions cannot be read");
  const auto warnings = warnings_of(study, {trial});
  ASSERT_EQ(warnings.size(), 1U);
  EXPECT_THAT(warnings.front(), HasSubstr("its predictions cannot be read"));
}

}  // namespace
}  // namespace turngreen::explore
