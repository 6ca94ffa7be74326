#include "report/metric_files.h"

#include <gmock/gmock.h>

namespace turngreen::report {
namespace {

using testing::HasSubstr;

std::string metrics_of(std::string_view csv) {
  const auto metrics = parse_metric_csv(csv);
  if (!metrics) return metrics.error().message;
  std::string text;
  for (const auto& metric : *metrics)
    text += metric.name + "=" + std::to_string(metric.value) + " ";
  return text;
}

TEST(MetricFiles, are_told_by_their_names) {
  for (const char* name :
       {"test_metrics.json", "eval_results.json", "all_results.json", "Scores.csv", "eval.json"}) {
    EXPECT_TRUE(may_hold_metrics(name)) << name;
  }
  for (const char* name : {"trainer_state.json", "config.json", "tokenizer_config.json",
                           "eval_config.json", "predictions.csv", "metricsx.json"}) {
    EXPECT_FALSE(may_hold_metrics(name)) << name;
  }
}

TEST(MetricFiles, a_row_of_codecarbon_is_none) {
  EXPECT_TRUE(is_codecarbon_json(R"({"duration": 1, "codecarbon_version": "3.0.2"})"));
  EXPECT_FALSE(is_codecarbon_json(R"({"eval_f1": 1})"));
}

TEST(MetricFiles, csv_has_one_row_below_the_names_or_a_name_in_each_row) {
  EXPECT_EQ(metrics_of("f1,model,loss\n0.5,bert,0.25\n"), "f1=0.500000 loss=0.250000 ");
  EXPECT_EQ(metrics_of("metric,value\nf1,0.5\nloss,0.25\n"), "f1=0.500000 loss=0.250000 ");
  EXPECT_EQ(metrics_of("f1,0.5\n"), "f1=0.500000 ");
  EXPECT_EQ(metrics_of("metric,value\nf1,0.5\n"), "f1=0.500000 ");
  EXPECT_THAT(metrics_of("epoch,loss,f1\n1,2,3\n2,2,3\n"), HasSubstr("it has 3 rows"));
}

TEST(MetricFiles, what_is_no_finite_number_is_refused_by_name) {
  EXPECT_THAT(metrics_of("f1,loss\n0.5,nan\n"), HasSubstr("'loss' is 'nan'"));
  EXPECT_THAT(metrics_of("f1,1e999\n"), HasSubstr("must be a finite number"));
  EXPECT_THAT(metrics_of("f1,1\nf1,2\n"), HasSubstr("'f1' occurs twice"));
  EXPECT_THAT(metrics_of(std::string(300, 'x') + ",1\n"), HasSubstr("longer than 256 bytes"));
  EXPECT_THAT(metrics_of("f1,\"1\n"), HasSubstr("never closed"));
}

}  // namespace
}  // namespace turngreen::report
