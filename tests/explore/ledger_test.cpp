#include "turngreen/explore/ledger.h"

#include <gtest/gtest.h>

#include "toy_study.h"

namespace turngreen::explore {
namespace {

Recommendation saving_half_of_100_joules() {
  Recommendation found;
  found.better_than_baseline = true;
  found.saving = {0.5, 0.45, 0.55};
  found.baseline_energy = units::Bounded<units::Energy>::exactly(units::joules(100));
  return found;
}

std::vector<study::Trial> trials() {
  std::vector<study::Trial> made{trial_of({0, 0}, completed({{"train", 100}}, 0.9)),
                                 trial_of({1, 0}, completed({{"train", 50}}, 0.9)),
                                 trial_of({0, 1}, failed("exit status 1"))};
  made[1].outcome->estimated = units::joules(20);
  return made;
}

TEST(Ledger, adds_up_what_was_measured_and_counts_what_was_not) {
  const auto ledger = ledger_of(trials(), {});
  EXPECT_DOUBLE_EQ(ledger.spent.in_joules(), 150);
  EXPECT_DOUBLE_EQ(ledger.estimated.in_joules(), 20);
  EXPECT_EQ(ledger.not_measured, 1U);
  EXPECT_EQ(ledger.wasted.trials, 1U);
}

TEST(Ledger, has_a_line_for_each_purpose_that_occurs) {
  const auto ledger = ledger_of(trials(), {});
  ASSERT_EQ(ledger.by_purpose.size(), 2U);
  EXPECT_EQ(ledger.by_purpose[0].name, "baseline");
  EXPECT_DOUBLE_EQ(ledger.by_purpose[0].spent.in_joules(), 100);
  EXPECT_EQ(ledger.by_purpose[1].name, "explore");
  EXPECT_EQ(ledger.by_purpose[1].trials, 2U);
}

TEST(Ledger, is_paid_back_once_the_saving_of_the_runs_is_what_was_spent) {
  const auto ledger = ledger_of(trials(), saving_half_of_100_joules());
  ASSERT_TRUE(ledger.paid_back_after);
  EXPECT_DOUBLE_EQ(*ledger.baseline_runs, 1.5);
  EXPECT_DOUBLE_EQ(ledger.saved_per_run->in_joules(), 50);
  EXPECT_DOUBLE_EQ(*ledger.paid_back_after, 3);
}

TEST(Ledger, is_never_paid_back_where_nothing_is_better) {
  auto found = saving_half_of_100_joules();
  found.better_than_baseline = false;
  const auto ledger = ledger_of(trials(), found);
  EXPECT_TRUE(ledger.baseline_runs);
  EXPECT_FALSE(ledger.saved_per_run);
  EXPECT_FALSE(ledger.paid_back_after);
}

}  // namespace
}  // namespace turngreen::explore
