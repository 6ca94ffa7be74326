#include "turngreen/explore/final_test.h"

#include <gmock/gmock.h>

#include <fstream>

#include "report/scratch_directory.h"
#include "toy_study.h"

namespace turngreen::explore {
namespace {

using testing::HasSubstr;

class FinalTestTest : public testing::Test {
 protected:
  FinalTestTest() : study_(study_of(switches(1))) { study_.quality.metric = "accuracy"; }

  static study::Trial run(knobs::Level level, double accuracy) {
    auto trial = trial_of({level}, completed({{"train", 10}}, 0));
    trial.assignment.purpose = study::Purpose::test;
    trial.outcome->metrics = {{"accuracy", accuracy}};
    return trial;
  }
  /// The same with predictions, wrong in `wrong` of 1,000 rows from `first` on.
  study::Trial run_with_rows(knobs::Level level, int first, int wrong) {
    auto trial = run(level, (1000 - wrong) / 1000.0);
    const auto file = scratch_ / (std::to_string(level) + ".csv");
    std::ofstream out(file);
    out << "id,label,prediction\n";
    for (int row = 0; row < 1000; ++row) {
      const int truth = row % 2;
      const bool missed = row >= first && row < first + wrong;
      out << row << ',' << truth << ',' << (missed ? 1 - truth : truth) << '\n';
    }
    trial.outcome->predictions = file;
    return trial;
  }

  report::ScratchDirectory scratch_;
  study::StudyFile study_;
};

TEST_F(FinalTestTest, there_is_none_before_both_have_run) {
  EXPECT_FALSE(final_test(study_, {}));
  EXPECT_FALSE(final_test(study_, {run(1, 0.9)}));
  auto validation = run(0, 0.9);
  validation.assignment.purpose = study::Purpose::baseline;
  EXPECT_FALSE(final_test(study_, {run(1, 0.9), validation}));
}

TEST_F(FinalTestTest, a_drop_that_is_allowed_is_within_the_budget) {
  const auto test = final_test(study_, {run(1, 0.89), run(0, 0.9)}).value();
  EXPECT_EQ(test.configuration, (knobs::Configuration{{1}}));
  EXPECT_EQ(test.quality, 0.89);
  EXPECT_EQ(test.baseline_quality, 0.9);
  EXPECT_NEAR(test.drop.value(), 0.01, 1e-12);
  EXPECT_EQ(test.verdict, TestVerdict::within) << test.sentence;
  EXPECT_THAT(test.sentence, HasSubstr("0.01 worse than the baseline's 0.9"));
}

TEST_F(FinalTestTest, without_predictions_a_larger_drop_may_be_chance) {
  const auto test = final_test(study_, {run(1, 0.8), run(0, 0.9)}).value();
  EXPECT_EQ(test.verdict, TestVerdict::beyond);
  EXPECT_FALSE(test.by_rows);
  EXPECT_THAT(test.sentence, HasSubstr("chance"));
}

TEST_F(FinalTestTest, a_drop_that_the_rows_cannot_explain_contradicts_validation) {
  const auto test =
      final_test(study_, {run_with_rows(1, 0, 150), run_with_rows(0, 0, 100)}).value();
  EXPECT_EQ(test.verdict, TestVerdict::contradicts) << test.sentence;
  EXPECT_EQ(test.by_rows.value().rows, 1000);
  EXPECT_THAT(test.sentence, HasSubstr("contradicts"));
}

TEST_F(FinalTestTest, a_drop_that_the_rows_can_explain_may_be_chance) {
  const auto test =
      final_test(study_, {run_with_rows(1, 0, 115), run_with_rows(0, 500, 100)}).value();
  EXPECT_EQ(test.verdict, TestVerdict::beyond) << test.sentence;
}

TEST_F(FinalTestTest, where_lower_is_better_a_rise_is_a_drop) {
  study_.quality.higher_is_better = false;
  EXPECT_EQ(final_test(study_, {run(1, 0.2), run(0, 0.9)})->verdict, TestVerdict::within);
  const auto test = final_test(study_, {run(1, 0.95), run(0, 0.9)}).value();
  EXPECT_EQ(test.verdict, TestVerdict::beyond);
  EXPECT_NEAR(test.drop.value(), 0.05, 1e-12);
}

TEST_F(FinalTestTest, a_floor_counts_on_the_test_rows_too) {
  study_.quality.max_drop.reset();
  study_.quality.min = 0.85;
  EXPECT_EQ(final_test(study_, {run(1, 0.86), run(0, 0.9)})->verdict, TestVerdict::within);
  EXPECT_EQ(final_test(study_, {run(1, 0.84), run(0, 0.9)})->verdict, TestVerdict::beyond);
}

TEST_F(FinalTestTest, a_degenerate_result_contradicts_whatever_it_scores) {
  auto degenerate = run(1, 0.95);
  degenerate.provenance = {{"rejected", "always answers class '0'"}};
  const auto test = final_test(study_, {degenerate, run(0, 0.9)}).value();
  EXPECT_EQ(test.verdict, TestVerdict::contradicts);
  EXPECT_THAT(test.sentence, HasSubstr("always answers class '0'"));
}

TEST_F(FinalTestTest, a_run_that_failed_tells_why) {
  auto broken = run(1, 0.9);
  broken.outcome = failed("exit status 2");
  const auto test = final_test(study_, {broken, run(0, 0.9)}).value();
  EXPECT_EQ(test.verdict, TestVerdict::failed);
  EXPECT_FALSE(test.quality);
  EXPECT_FALSE(test.drop);
  EXPECT_EQ(test.baseline_quality, 0.9);
  EXPECT_THAT(test.sentence, HasSubstr("exit status 2"));
}

}  // namespace
}  // namespace turngreen::explore
