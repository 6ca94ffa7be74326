#include "turngreen/engine/metrics/metrics.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace turngreen::metrics {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

Outputs two_classes(std::vector<float> differences, std::vector<std::int64_t> classes) {
  Outputs outputs;
  outputs.outputs = 2;
  for (const float difference : differences)
    outputs.logits.insert(outputs.logits.end(), {0, difference});
  outputs.classes = std::move(classes);
  return outputs;
}

Metric named(const std::vector<Metric>& all, const std::string& name) {
  const auto found = std::find_if(all.begin(), all.end(),
                                  [&](const Metric& metric) { return metric.name == name; });
  EXPECT_NE(found, all.end()) << name;
  return found == all.end() ? Metric() : *found;
}

const Outputs kFour = two_classes({-1, 0.5F, -0.2F, 2}, {0, 0, 1, 1});

TEST(Metrics, begin_with_the_most_telling) {
  const auto all = evaluate(kFour, {});
  EXPECT_EQ(all[0].name, "f1_macro");
  EXPECT_EQ(all[1].name, "mcc");
}

TEST(Metrics, follow_the_threshold) {
  EXPECT_DOUBLE_EQ(*named(evaluate(kFour, {}), "accuracy").value, 0.5);
  MetricOptions options;
  options.threshold = 0.9;
  const auto strict = evaluate(kFour, options);
  EXPECT_DOUBLE_EQ(*named(strict, "accuracy").value, 0.5);
  EXPECT_FALSE(named(strict, "precision_1").value);
  EXPECT_DOUBLE_EQ(*named(strict, "roc_auc").value, 0.75);
}

TEST(Metrics, name_the_figures_of_each_class_and_none_twice) {
  MetricOptions options;
  options.labels = {"macro", "bug"};
  const auto all = evaluate(kFour, options);
  EXPECT_TRUE(named(all, "f1_class_macro").value);
  EXPECT_TRUE(named(all, "f1_bug").value);
  EXPECT_TRUE(named(all, "recall_macro").value);
  EXPECT_EQ(
      std::count_if(all.begin(), all.end(), [](const Metric& m) { return m.name == "f1_macro"; }),
      1);
}

TEST(Metrics, are_absent_without_rows_and_for_logits_that_are_no_numbers) {
  for (const auto& outputs :
       {two_classes({}, {}), two_classes({1, std::numeric_limits<float>::quiet_NaN()}, {0, 1})}) {
    for (const Metric& metric : evaluate(outputs, {})) EXPECT_FALSE(metric.value) << metric.name;
  }
}

TEST(Metrics, are_absent_where_one_class_alone_has_rows) {
  const auto all = evaluate(two_classes({-1, 1}, {0, 0}), {});
  EXPECT_FALSE(named(all, "roc_auc").value);
  EXPECT_FALSE(named(all, "mcc").value);
  EXPECT_FALSE(named(all, "recall_1").value);
  EXPECT_DOUBLE_EQ(*named(all, "accuracy").value, 0.5);
}

TEST(Metrics, have_intervals_that_the_seed_decides) {
  MetricOptions options;
  options.resamples = 200;
  std::vector<float> differences;
  std::vector<std::int64_t> classes;
  for (int n = 0; n < 100; ++n) {
    differences.push_back(static_cast<float>((n * 37) % 100 - 50) / 20 +
                          (n % 3 == 0 ? 1.0F : 0.0F));
    classes.push_back(n % 3 == 0 ? 1 : 0);
  }
  const auto outputs = two_classes(differences, classes);
  const auto first = named(evaluate(outputs, options), "accuracy");
  const auto again = named(evaluate(outputs, options), "accuracy");
  options.seed = 7;
  const auto other = named(evaluate(outputs, options), "f1_macro");
  EXPECT_EQ(first.interval->low, again.interval->low);
  EXPECT_LT(first.interval->low, *first.value);
  EXPECT_GT(first.interval->high, *first.value);
  // The normal approximation of a share of 100 rows.
  const double error = std::sqrt(*first.value * (1 - *first.value) / 100);
  EXPECT_NEAR(first.interval->high - first.interval->low, 2 * 1.96 * error, 0.05);
  EXPECT_TRUE(other.interval);
}

TEST(Metrics, have_no_interval_where_many_resamples_leave_them_undefined) {
  MetricOptions options;
  options.resamples = 100;
  const auto all = evaluate(two_classes({-1, 1}, {0, 1}), options);
  EXPECT_TRUE(named(all, "roc_auc").value);
  EXPECT_FALSE(named(all, "roc_auc").interval);
}

TEST(MetricWarnings, name_the_class_that_is_always_answered) {
  MetricOptions options;
  options.labels = {"safe", "vulnerable"};
  EXPECT_THAT(warnings(two_classes({-1, -2}, {0, 1}), options),
              ElementsAre(HasSubstr("every answer is class 'safe'")));
  EXPECT_THAT(warnings(kFour, options), IsEmpty());
}

TEST(MetricWarnings, name_classes_without_rows_and_answers_that_are_no_numbers) {
  Outputs outputs = kFour;
  outputs.outputs = 4;
  outputs.logits = {1, 0, 0, 0, 0, 1, 0, 0};
  outputs.classes = {0, 1};
  EXPECT_THAT(warnings(outputs, {}),
              ElementsAre(HasSubstr("2 of 4 classes have no rows here: '2', '3'")));
  EXPECT_THAT(warnings(two_classes({INFINITY, 0}, {0, 1}), {}),
              ElementsAre(HasSubstr("1 of 2 rows are no finite numbers")));
  EXPECT_THAT(warnings(two_classes({}, {}), {}), ElementsAre("there are no rows"));
}

}  // namespace
}  // namespace turngreen::metrics
