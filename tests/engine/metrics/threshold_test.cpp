#include <gmock/gmock.h>

#include "turngreen/engine/metrics/metrics.h"

namespace turngreen::metrics {
namespace {

using ::testing::HasSubstr;

Outputs two_classes(std::vector<float> differences, std::vector<std::int64_t> classes) {
  Outputs outputs;
  outputs.outputs = 2;
  for (const float difference : differences)
    outputs.logits.insert(outputs.logits.end(), {0, difference});
  outputs.classes = std::move(classes);
  return outputs;
}

double accuracy_at(const Outputs& outputs, double threshold) {
  MetricOptions options;
  options.threshold = threshold;
  for (const Metric& metric : evaluate(outputs, options))
    if (metric.name == "accuracy") return *metric.value;
  return -1;
}

TEST(ChooseThreshold, parts_two_classes_that_can_be_parted) {
  const auto outputs = two_classes({-3, -2.5F, -2, -1.5F}, {0, 0, 1, 1});
  const auto chosen = choose_threshold(outputs, "mcc");
  ASSERT_TRUE(chosen) << chosen.error().message;
  EXPECT_DOUBLE_EQ(chosen->value, 1);
  EXPECT_DOUBLE_EQ(accuracy_at(outputs, chosen->probability), 1);
}

TEST(ChooseThreshold, keeps_a_half_where_that_is_as_good) {
  EXPECT_DOUBLE_EQ(
      choose_threshold(two_classes({-3, -1, 2, 3}, {0, 0, 1, 1}), "f1_macro")->probability, 0.5);
}

TEST(ChooseThreshold, does_not_part_rows_of_equal_probability) {
  const auto outputs = two_classes({1, 1, 1, 2}, {0, 1, 1, 1});
  const auto chosen = choose_threshold(outputs, "accuracy");
  EXPECT_DOUBLE_EQ(chosen->value, 0.75);
  EXPECT_DOUBLE_EQ(accuracy_at(outputs, chosen->probability), 0.75);
}

TEST(ChooseThreshold, names_what_it_cannot_do) {
  const auto outputs = two_classes({1, 2}, {0, 1});
  EXPECT_THAT(choose_threshold(outputs, "roc_auc").error().message,
              HasSubstr("choose one of f1_macro, mcc"));
  EXPECT_THAT(choose_threshold(two_classes({1, 2}, {1, 1}), "mcc").error().message,
              HasSubstr("all 2 rows are of one class"));
  Outputs three;
  three.outputs = 3;
  EXPECT_THAT(choose_threshold(three, "mcc").error().message, HasSubstr("3 outputs"));
}

}  // namespace
}  // namespace turngreen::metrics
