#include "turngreen/explore/paired_bootstrap.h"

#include <fmt/core.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <initializer_list>

namespace turngreen::explore {
namespace {

using testing::HasSubstr;

struct Repeated {
  std::uint32_t truth, predicted;
  std::size_t rows;
};

Predictions predictions(std::initializer_list<Repeated> parts) {
  Predictions made;
  made.classes = {"0", "1"};
  for (const Repeated& part : parts) {
    made.truth.insert(made.truth.end(), part.rows, part.truth);
    made.predicted.insert(made.predicted.end(), part.rows, part.predicted);
  }
  return made;
}

ScoreDrop compare(Score score, const Predictions& baseline, const Predictions& candidate,
                  const BootstrapOptions& options = {}) {
  return paired_bootstrap(score, pair_answers(baseline, candidate).value(), options);
}

TEST(PairedBootstrap, finds_no_drop_between_equal_answers) {
  const auto same = predictions({{0, 0, 90}, {0, 1, 10}, {1, 1, 5}});
  const ScoreDrop drop = compare(Score::f1_macro, same, same);
  EXPECT_EQ(drop.drop, (units::Bounded<double>{0, 0, 0}));
  EXPECT_EQ(drop.probability_beyond_budget, 0);
}

TEST(PairedBootstrap, has_the_interval_of_the_paired_difference_of_proportions) {
  // Accuracy: 60 rows that only the baseline has right, 40 that only the candidate has.
  const auto baseline = predictions({{0, 0, 860}, {0, 0, 60}, {0, 1, 40}, {1, 0, 40}});
  const auto candidate = predictions({{0, 0, 860}, {0, 1, 60}, {0, 0, 40}, {1, 0, 40}});
  const ScoreDrop drop = compare(Score::accuracy, baseline, candidate, {.resamples = 20'000});
  EXPECT_NEAR(drop.baseline, 0.92, 1e-12);
  EXPECT_NEAR(drop.candidate, 0.90, 1e-12);
  EXPECT_NEAR(drop.drop.value, 0.02, 1e-12);
  const double deviation = std::sqrt((0.1 - 0.02 * 0.02) / 1000);  // of the mean of +1, -1, 0
  EXPECT_NEAR(drop.drop.low, 0.02 - 1.96 * deviation, 0.001);
  EXPECT_NEAR(drop.drop.high, 0.02 + 1.96 * deviation, 0.001);
  // Half a row counts as not beyond, as in the normal approximation with its correction.
  const double z = (0.0205 - 0.02) / deviation;
  const ScoreDrop within =
      compare(Score::accuracy, baseline, candidate, {.budget = 0.02, .resamples = 20'000});
  EXPECT_NEAR(within.probability_beyond_budget, 0.5 * std::erfc(z / std::sqrt(2.0)), 0.015);
}

TEST(PairedBootstrap, works_on_counts_and_not_on_rows) {
  const auto paired = pair_answers(predictions({{0, 0, 90'000}, {1, 1, 10'000}}),
                                   predictions({{0, 0, 90'000}, {1, 0, 10'000}}));
  ASSERT_TRUE(paired);
  EXPECT_EQ(paired->rows, 100'000u);
  EXPECT_EQ(paired->cells.size(), 2u);
}

TEST(PairedBootstrap, is_the_same_for_the_same_seed_and_another_for_another) {
  const auto baseline = predictions({{0, 0, 80}, {1, 1, 20}});
  const auto candidate = predictions({{0, 0, 75}, {0, 1, 5}, {1, 1, 17}, {1, 0, 3}});
  const auto drawn = [&](std::uint64_t seed) {
    return compare(Score::mcc, baseline, candidate, {.seed = seed}).drop;
  };
  EXPECT_EQ(drawn(7), drawn(7));
  EXPECT_NE(drawn(7), drawn(8));
}

TEST(PairedBootstrap, covers_the_truth_about_as_often_as_it_says) {
  // 200 evaluation sets of 500 rows: the truth is a drop of 0.05 in accuracy.
  std::size_t covered = 0;
  constexpr std::size_t kSets = 200;
  std::uint64_t state = 1;
  const auto uniform = [&state] {
    state = state * 6364136223846793005u + 1442695040888963407u;
    return static_cast<double>(state >> 11) / 9007199254740992.0;
  };
  for (std::size_t set = 0; set < kSets; ++set) {
    Predictions baseline = predictions({{0, 0, 500}});
    Predictions candidate = baseline;
    for (std::size_t row = 0; row < baseline.rows(); ++row) {
      baseline.predicted[row] = uniform() < 0.1 ? 1 : 0;
      candidate.predicted[row] = uniform() < 0.15 ? 1 : 0;
    }
    const auto drop =
        compare(Score::accuracy, baseline, candidate, {.resamples = 500, .seed = set}).drop;
    if (drop.contains(0.05)) ++covered;
  }
  EXPECT_GT(covered, kSets * 90 / 100);
  EXPECT_LT(covered, kSets * 99 / 100);
}

TEST(PairedAnswers, are_matched_by_id_whatever_the_order) {
  Predictions baseline = predictions({{0, 0, 1}, {1, 1, 1}});
  baseline.ids = {"a", "b"};
  Predictions candidate = predictions({{1, 0, 1}, {0, 0, 1}});
  candidate.ids = {"b", "a"};
  const ScoreDrop drop = compare(Score::accuracy, baseline, candidate);
  EXPECT_EQ(drop.baseline, 1);
  EXPECT_EQ(drop.candidate, 0.5);
}

TEST(PairedAnswers, know_classes_by_name_not_by_number) {
  const auto baseline = parse_predictions("label,prediction\nx,x\ny,y\n", "a.csv", {}).value();
  const auto candidate = parse_predictions("label,prediction\nx,z\ny,y\n", "b.csv", {}).value();
  const ScoreDrop drop = compare(Score::accuracy, baseline, candidate);
  EXPECT_EQ(drop.drop.value, 0.5);
}

TEST(PairedAnswers, of_other_rows_are_an_error) {
  const auto two = predictions({{0, 0, 1}, {1, 1, 1}});
  auto message = [](const Predictions& a, const Predictions& b) {
    const auto paired = pair_answers(a, b);
    return paired ? "no error" : paired.error().message;
  };
  EXPECT_THAT(message(two, predictions({{0, 0, 3}})),
              HasSubstr("have 2 rows and the candidate's 3"));
  EXPECT_THAT(message(two, predictions({{0, 0, 2}})), HasSubstr("row 2 is of class '1'"));
  Predictions named = two;
  named.ids = {"a", "b"};
  Predictions other = two;
  other.ids = {"a", "c"};
  EXPECT_THAT(message(named, other), HasSubstr("have a row 'b' and the candidate's have none"));
}

TEST(PairedAnswers, against_the_majority_give_it_the_score_that_counts_alone_give) {
  const auto run = predictions({{0, 0, 900}, {0, 1, 60}, {1, 1, 30}, {1, 0, 10}});
  const ScoreDrop drop = paired_bootstrap(Score::f1_weighted, pair_with_majority(run));
  EXPECT_DOUBLE_EQ(drop.baseline, majority_score(Score::f1_weighted, run.truth_counts()));
}

}  // namespace
}  // namespace turngreen::explore
