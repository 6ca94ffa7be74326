#include "turngreen/explore/extrapolation.h"

#include <gtest/gtest.h>

#include <array>

#include "toy_pipeline.h"

namespace turngreen::explore {
namespace {

constexpr std::array kShares{0.1, 1.0};

class ExtrapolationTest : public testing::Test {
 protected:
  void ran(std::vector<knobs::Level> levels, double fidelity) {
    auto outcome = toy_truth({levels}, fidelity);
    trials_.push_back(trial_of(std::move(levels), std::move(outcome), fidelity));
  }
  Extrapolation check() const { return check_extrapolation(study_, kShares, trials_); }

  study::StudyFile study_ = study_of(switches(4));
  std::vector<study::Trial> trials_;
};

TEST_F(ExtrapolationTest, without_a_configuration_that_ran_both_ways_there_is_nothing_to_check) {
  ran({0, 0, 0, 0}, 0.1);
  ran({1, 0, 0, 0}, 0.1);
  ran({0, 1, 0, 0}, 1);
  EXPECT_FALSE(check().energy);
  EXPECT_FALSE(check().quality);
}

TEST_F(ExtrapolationTest, a_full_run_before_the_partial_one_was_not_foretold) {
  ran({0, 0, 0, 0}, 1);
  ran({0, 0, 0, 0}, 0.1);
  EXPECT_FALSE(check().energy);
}

TEST_F(ExtrapolationTest, a_job_that_goes_with_its_share_is_foretold_well) {
  ran({0, 0, 0, 0}, 0.1);
  ran({0, 0, 0, 0}, 1);
  ran({1, 0, 0, 0}, 0.1);
  ran({1, 1, 0, 0}, 0.1);
  ran({1, 0, 0, 0}, 1);
  ran({1, 1, 0, 0}, 1);
  const auto found = check();
  ASSERT_TRUE(found.energy);
  EXPECT_EQ(found.energy->runs, 3);
  EXPECT_EQ(found.energy->inside, 3);
  EXPECT_LT(found.energy->median, 0.05);
  EXPECT_LE(found.energy->median, found.energy->worst);
  ASSERT_TRUE(found.quality);
  EXPECT_EQ(found.quality->runs, 3);
}

TEST_F(ExtrapolationTest, a_run_that_came_out_otherwise_is_an_error_and_not_in_its_own_fit) {
  ran({0, 0, 0, 0}, 0.1);
  ran({0, 0, 0, 0}, 1);
  ran({1, 0, 0, 0}, 0.1);
  ran({1, 0, 0, 0}, 1);
  const auto honest = check();
  trials_.back().outcome = completed({{"train", 4000}, {"evaluate", 2000}}, 0.9);
  const auto surprised = check();
  EXPECT_GT(surprised.energy->worst, 0.9);
  EXPECT_EQ(surprised.energy->inside, honest.energy->inside - 1);
}

TEST_F(ExtrapolationTest, a_full_run_counts_once_and_only_where_it_may_be_believed) {
  ran({0, 0, 0, 0}, 0.1);
  ran({0, 0, 0, 0}, 1);
  ran({0, 0, 0, 0}, 1);
  ran({1, 0, 0, 0}, 0.1);
  ran({1, 0, 0, 0}, 1);
  trials_.back().provenance = {{"rejected", "always answers class '0'"}};
  EXPECT_EQ(check().energy->runs, 1);
}

}  // namespace
}  // namespace turngreen::explore
