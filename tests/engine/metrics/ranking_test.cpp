#include "ranking.h"

#include <gtest/gtest.h>

namespace turngreen::metrics {
namespace {

TEST(Ranking, gives_the_areas_of_a_small_case) {
  // The example of scikit-learn's roc_auc_score and average_precision_score.
  const std::vector<double> scores = {0.1, 0.4, 0.35, 0.8};
  const std::vector<std::uint8_t> positive = {0, 0, 1, 1};
  const std::vector<std::uint32_t> once(4, 1);
  const auto areas = Ranking(scores, positive).areas(once);
  EXPECT_DOUBLE_EQ(*areas.roc, 0.75);
  EXPECT_NEAR(*areas.precision_recall, 0.8333, 1e-4);
}

TEST(Ranking, counts_a_tie_as_half_won_whatever_the_order_of_the_rows) {
  const std::vector<double> scores = {0.5, 0.5, 0.5, 0.5};
  const std::vector<std::uint32_t> once(4, 1);
  EXPECT_DOUBLE_EQ(*Ranking(scores, std::vector<std::uint8_t>{1, 0, 0, 1}).areas(once).roc, 0.5);
  EXPECT_DOUBLE_EQ(*Ranking(scores, std::vector<std::uint8_t>{0, 1, 1, 0}).areas(once).roc, 0.5);
}

TEST(Ranking, takes_a_weight_as_that_many_equal_rows) {
  const std::vector<std::uint32_t> weights = {2, 0, 3, 1};
  const auto weighted =
      Ranking(std::vector{0.3, 0.9, 0.2, 0.2}, std::vector<std::uint8_t>{1, 0, 0, 1})
          .areas(weights);
  const std::vector<std::uint32_t> once(6, 1);
  const auto repeated = Ranking(std::vector{0.3, 0.3, 0.2, 0.2, 0.2, 0.2},
                                std::vector<std::uint8_t>{1, 1, 0, 0, 0, 1})
                            .areas(once);
  EXPECT_DOUBLE_EQ(*weighted.roc, *repeated.roc);
  EXPECT_DOUBLE_EQ(*weighted.precision_recall, *repeated.precision_recall);
}

TEST(Ranking, leaves_areas_absent_where_rows_are_of_one_kind) {
  const std::vector<double> scores = {0.1, 0.4};
  const std::vector<std::uint32_t> once(2, 1);
  const auto none = Ranking(scores, std::vector<std::uint8_t>{0, 0}).areas(once);
  EXPECT_FALSE(none.roc);
  EXPECT_FALSE(none.precision_recall);
  const auto all = Ranking(scores, std::vector<std::uint8_t>{1, 1}).areas(once);
  EXPECT_FALSE(all.roc);
  EXPECT_DOUBLE_EQ(*all.precision_recall, 1);
}

}  // namespace
}  // namespace turngreen::metrics
