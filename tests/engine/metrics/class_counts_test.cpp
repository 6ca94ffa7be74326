#include "class_counts.h"

#include <gtest/gtest.h>

#include <array>

namespace turngreen::metrics {
namespace {

// scikit-learn 1.9: f1_score, matthews_corrcoef of truth 0 0 0 1 1 2, answers 0 0 1 1 0 0.
constexpr std::array<ClassCount, 3> kThree = {{{3, 4, 2}, {2, 2, 1}, {1, 0, 0}}};

TEST(ClassCounts, give_the_figures_of_three_classes) {
  EXPECT_DOUBLE_EQ(*macro_f1(kThree), (4.0 / 7 + 0.5 + 0) / 3);
  EXPECT_DOUBLE_EQ(*weighted_f1(kThree), (3 * 4.0 / 7 + 2 * 0.5 + 0) / 6);
  EXPECT_DOUBLE_EQ(*micro_f1(kThree), 0.5);
  EXPECT_DOUBLE_EQ(*accuracy(kThree), 0.5);
  EXPECT_DOUBLE_EQ(*balanced_accuracy(kThree), (2.0 / 3 + 0.5 + 0) / 3);
  EXPECT_NEAR(*matthews(kThree), 0.1066, 1e-4);
}

TEST(ClassCounts, leave_what_is_not_defined_absent) {
  EXPECT_FALSE(precision(kThree[2]));
  EXPECT_DOUBLE_EQ(*recall(kThree[2]), 0);
  EXPECT_FALSE(recall({0, 3, 0}));
  EXPECT_FALSE(f1({0, 0, 0}));
  EXPECT_FALSE(accuracy({}));
}

TEST(ClassCounts, leave_out_of_the_mean_a_class_that_neither_occurs_nor_is_answered) {
  const std::array<ClassCount, 3> counts = {{{2, 2, 2}, {2, 2, 2}, {0, 0, 0}}};
  EXPECT_DOUBLE_EQ(*macro_f1(counts), 1);
  EXPECT_DOUBLE_EQ(*balanced_accuracy(counts), 1);
}

TEST(ClassCounts, give_a_constant_answer_a_correlation_of_zero) {
  const std::array<ClassCount, 2> constant = {{{9, 10, 9}, {1, 0, 0}}};
  EXPECT_EQ(matthews(constant), 0);
  const std::array<ClassCount, 2> one_class = {{{10, 9, 9}, {0, 1, 0}}};
  EXPECT_FALSE(matthews(one_class));
}

}  // namespace
}  // namespace turngreen::metrics
