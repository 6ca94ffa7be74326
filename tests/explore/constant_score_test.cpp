#include "turngreen/explore/constant_score.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <random>

namespace turngreen::explore {
namespace {

constexpr double kOfTheStudy = 0.953678919802555;

TEST(ConstantScore, the_score_of_the_study_of_departure_tells_its_class_sizes) {
  const auto found = constant_score("eval_f1", kOfTheStudy, 33050);
  ASSERT_TRUE(found);
  EXPECT_EQ(*found, (ConstantScore{Score::f1_weighted, 33050, 1026}));
  EXPECT_NEAR(value_of(*found), kOfTheStudy, 1e-15);
}

TEST(ConstantScore, without_the_rows_it_finds_the_fraction_with_the_fewest) {
  const auto found = constant_score("eval_f1", kOfTheStudy);
  ASSERT_TRUE(found);
  EXPECT_EQ(*found, (ConstantScore{Score::f1_weighted, 16525, 513}));
}

TEST(ConstantScore, rows_that_it_does_not_fit_are_said_so) {
  EXPECT_FALSE(constant_score("eval_f1", kOfTheStudy, 33051));
}

TEST(ConstantScore, a_neighbour_in_the_last_digits_is_no_such_score) {
  EXPECT_FALSE(constant_score("eval_f1", 0.953678919802565, 33050));
  EXPECT_FALSE(constant_score("eval_f1", 0.953678919812555));
}

TEST(ConstantScore, four_digits_cannot_tell) {
  EXPECT_FALSE(constant_score("f1_weighted", 0.9537, 33050));
  EXPECT_FALSE(constant_score("f1_weighted", 0.9537));
}

TEST(ConstantScore, twelve_digits_tell_where_the_rows_are_known) {
  EXPECT_TRUE(constant_score("f1_weighted", 0.953678919803, 33050));
  EXPECT_FALSE(constant_score("f1_weighted", 0.953678919803));
}

TEST(ConstantScore, macro_f1_has_its_own_formula) {
  const double macro = majority_score(Score::f1_macro, std::array<std::uint64_t, 2>{930, 70});
  EXPECT_EQ(constant_score("macro_f1", macro, 1000), (ConstantScore{Score::f1_macro, 1000, 70}));
  EXPECT_FALSE(constant_score("f1_weighted", macro, 1000));
  EXPECT_EQ(constant_score("f1", macro, 1000), (ConstantScore{Score::f1_macro, 1000, 70}));
}

TEST(ConstantScore, classes_of_one_size_count_too) {
  const auto found = constant_score("f1_macro", 1.0 / 3);
  EXPECT_EQ(found, (ConstantScore{Score::f1_macro, 2, 1}));
}

TEST(ConstantScore, percent_is_understood) {
  const auto found = constant_score("eval_f1", 95.3678919802555, 33050);
  EXPECT_EQ(found, (ConstantScore{Score::f1_weighted, 33050, 1026}));
}

TEST(ConstantScore, other_metrics_and_impossible_values_are_left_alone) {
  EXPECT_FALSE(constant_score("accuracy", 0.968956127080182, 33050));
  EXPECT_FALSE(constant_score("eval_loss", kOfTheStudy, 33050));
  EXPECT_FALSE(constant_score("eval_f1", 0.0));
  EXPECT_FALSE(constant_score("eval_f1", 1.0, 33050));
  EXPECT_FALSE(constant_score("eval_f1", -0.5));
  EXPECT_FALSE(constant_score("eval_f1", std::nan("")));
  EXPECT_FALSE(constant_score("eval_f1", kOfTheStudy, 0));
}

TEST(ConstantScore, of_a_hundred_thousand_random_scores_none_is_taken_for_one) {
  std::mt19937_64 random(1);
  std::uniform_real_distribution<double> score(0.34, 1.0);
  int found = 0;
  for (int i = 0; i < 100'000; ++i) {
    const double value = score(random);
    if (constant_score("f1", value) || constant_score("f1", value, 33050)) ++found;
  }
  EXPECT_EQ(found, 0);
}

TEST(ConstantScore, class_sizes_of_all_kinds_are_recognised_when_the_rows_are_known) {
  for (std::uint64_t minority = 1; minority < 400; minority += 7) {
    const ConstantScore constant{Score::f1_weighted, 1000, minority};
    EXPECT_EQ(constant_score("weighted_f1", value_of(constant), 1000), constant) << minority;
  }
}

TEST(ConstantScore, the_sentence_names_the_class_sizes) {
  EXPECT_EQ(sentence({Score::f1_weighted, 33050, 1026}, kOfTheStudy),
            "0.953678919802555 is exactly the weighted F1 of always answering the larger class, "
            "with 1026 of 33050 rows in the smaller one");
}

}  // namespace
}  // namespace turngreen::explore
