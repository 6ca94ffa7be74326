#include "turngreen/explore/verification.h"

#include <gtest/gtest.h>

#include <fstream>

#include "report/scratch_directory.h"
#include "toy_study.h"

namespace turngreen::explore {
namespace {

class VerificationTest : public testing::Test {
 protected:
  VerificationTest() : study_(study_of(switches(1))) { study_.quality.metric = "accuracy"; }

  /// A full run that was wrong in `wrong` of 1,000 rows.
  study::Trial run(knobs::Level level, std::uint64_t seed, int wrong) {
    auto trial = trial_of({level}, completed({{"train", 10}}, 0.9));
    trial.assignment.seed = seed;
    const auto file = scratch_ / (std::to_string(level) + "-" + std::to_string(seed) + ".csv");
    std::ofstream out(file);
    out << "id,label,prediction\n";
    for (int row = 0; row < 1000; ++row) {
      const int truth = row % 2;
      out << row << ',' << truth << ',' << (row < wrong ? 1 - truth : truth) << '\n';
    }
    trial.outcome->predictions = file;
    return trial;
  }

  report::ScratchDirectory scratch_;
  study::StudyFile study_;
};

TEST_F(VerificationTest, the_drop_on_the_same_rows_is_told_with_an_interval) {
  const auto verified = verify_by_rows(study_, {run(0, 1, 100), run(1, 1, 150)}, {{1}});
  ASSERT_TRUE(verified);
  EXPECT_EQ(verified->rows, 1000U);
  EXPECT_NEAR(verified->drop.drop.value, 0.05, 1e-12);
  EXPECT_GT(verified->drop.drop.low, 0.03);
  EXPECT_LT(verified->drop.drop.high, 0.07);
  EXPECT_GT(verified->drop.probability_beyond_budget, 0.99);
}

TEST_F(VerificationTest, runs_of_the_same_seed_are_compared) {
  const auto verified =
      verify_by_rows(study_, {run(0, 1, 300), run(0, 2, 100), run(1, 2, 100)}, {{1}});
  ASSERT_TRUE(verified);
  EXPECT_EQ(verified->drop.drop.value, 0);
}

TEST_F(VerificationTest, without_predictions_there_is_nothing_to_compare) {
  auto candidate = run(1, 1, 100);
  candidate.outcome->predictions.reset();
  EXPECT_FALSE(verify_by_rows(study_, {run(0, 1, 100), candidate}, {{1}}));
}

TEST_F(VerificationTest, a_metric_that_is_not_of_classes_has_none) {
  study_.quality.metric = "perplexity";
  EXPECT_FALSE(verify_by_rows(study_, {run(0, 1, 100), run(1, 1, 100)}, {{1}}));
}

}  // namespace
}  // namespace turngreen::explore
