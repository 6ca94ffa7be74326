#include "turngreen/explore/classification_scores.h"

#include <gtest/gtest.h>

#include <array>

namespace turngreen::explore {
namespace {

using Classes = std::vector<std::uint32_t>;

double score(Score kind, const Classes& truth, const Classes& predicted) {
  return score_of(kind, tally(truth, predicted, 10));
}

// The examples of scikit-learn's documentation.
TEST(ClassificationScores, agree_with_the_documented_examples_of_scikit_learn) {
  const Classes truth{0, 1, 2, 0, 1, 2};
  const Classes predicted{0, 2, 1, 0, 0, 1};
  EXPECT_DOUBLE_EQ(score(Score::f1_macro, truth, predicted), 0.26666666666666666);
  EXPECT_DOUBLE_EQ(score(Score::f1_weighted, truth, predicted), 0.26666666666666666);
  EXPECT_DOUBLE_EQ(score(Score::accuracy, {0, 1, 2, 3}, {0, 2, 1, 3}), 0.5);
  EXPECT_DOUBLE_EQ(score(Score::balanced_accuracy, {0, 1, 0, 0, 1, 0}, {0, 1, 0, 0, 0, 1}), 0.625);
  EXPECT_NEAR(score(Score::mcc, {1, 1, 1, 0}, {1, 0, 1, 1}), -0.33333333333333331, 1e-15);
}

TEST(ClassificationScores, weigh_classes_by_their_rows_where_they_say_so) {
  // Class 0: F1 6/7, three rows; class 1: F1 2/3 (precision 1, recall 1/2), two rows.
  const Classes truth{0, 0, 0, 1, 1};
  const Classes predicted{0, 0, 0, 0, 1};
  EXPECT_NEAR(score(Score::f1_macro, truth, predicted), (6.0 / 7 + 2.0 / 3) / 2, 1e-15);
  EXPECT_NEAR(score(Score::f1_weighted, truth, predicted), (3 * 6.0 / 7 + 2 * 2.0 / 3) / 5, 1e-15);
}

TEST(ClassificationScores, of_three_classes_correlate_as_gorodkin_defined) {
  // scikit-learn 1.x: matthews_corrcoef([0, 0, 1, 1, 2, 2], [0, 0, 1, 2, 2, 1])
  //   = (4 * 6 - 12) / (36 - 12)
  EXPECT_NEAR(score(Score::mcc, {0, 0, 1, 1, 2, 2}, {0, 0, 1, 2, 2, 1}), 0.5, 1e-15);
}

TEST(ClassificationScores, count_a_predicted_class_without_rows_in_macro_f1_only) {
  const Classes truth{0, 0, 1, 1};
  const Classes predicted{0, 0, 1, 2};
  EXPECT_NEAR(score(Score::f1_macro, truth, predicted), (1 + 2.0 / 3 + 0) / 3, 1e-15);
  EXPECT_NEAR(score(Score::f1_weighted, truth, predicted), (2 + 2 * 2.0 / 3) / 4, 1e-15);
  EXPECT_NEAR(score(Score::balanced_accuracy, truth, predicted), 0.75, 1e-15);
}

TEST(ClassificationScores, are_0_where_nothing_defines_them) {
  for (const Score kind : kScores) EXPECT_EQ(score(kind, {}, {}), 0) << to_string(kind);
  EXPECT_EQ(score(Score::mcc, {0, 1}, {0, 0}), 0);
}

TEST(ClassificationScores, of_the_majority_class_are_those_of_the_published_study) {
  // 1,026 vulnerable functions in 33,050: what two of its variants reported to the last digit.
  constexpr std::array<std::uint64_t, 2> kCounts{32'024, 1'026};
  EXPECT_DOUBLE_EQ(majority_score(Score::f1_weighted, kCounts), 0.953678919802555);
  EXPECT_DOUBLE_EQ(majority_score(Score::accuracy, kCounts), 32'024.0 / 33'050);
  EXPECT_DOUBLE_EQ(majority_score(Score::balanced_accuracy, kCounts), 0.5);
  EXPECT_EQ(majority_score(Score::mcc, kCounts), 0);
  EXPECT_NEAR(majority_score(Score::f1_macro, kCounts), 32'024.0 / (32'024 + 33'050), 1e-15);
}

TEST(ClassificationScores, are_known_by_the_names_that_pipelines_use) {
  for (const auto* name : {"accuracy", "eval_accuracy", "acc", "Test Accuracy"}) {
    EXPECT_EQ(parse_score(name), Score::accuracy) << name;
  }
  for (const auto* name : {"f1_macro", "macro_f1", "macroF1", "Macro F1-score", "eval_f1_macro",
                           "macro avg f1-score"}) {
    EXPECT_EQ(parse_score(name), Score::f1_macro) << name;
  }
  for (const auto* name : {"f1_weighted", "weighted_f1", "val/weighted-f1"}) {
    EXPECT_EQ(parse_score(name), Score::f1_weighted) << name;
  }
  for (const auto* name : {"mcc", "MCC", "matthews_corrcoef", "matthews_correlation"}) {
    EXPECT_EQ(parse_score(name), Score::mcc) << name;
  }
  for (const auto* name : {"balanced_accuracy", "balanced_accuracy_score", "balancedAccuracy"}) {
    EXPECT_EQ(parse_score(name), Score::balanced_accuracy) << name;
  }
}

TEST(ClassificationScores, are_not_guessed_from_a_name_that_leaves_them_open) {
  for (const auto* name : {"f1", "loss", "", "bleu", "eval", "f1_micro", "accuracy_drop"}) {
    EXPECT_EQ(parse_score(name), std::nullopt) << name;
  }
}

}  // namespace
}  // namespace turngreen::explore
