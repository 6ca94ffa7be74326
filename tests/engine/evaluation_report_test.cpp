#include "evaluation_report.h"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

namespace turngreen::engine {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

EvaluationReport report() {
  metrics::Outputs outputs;
  outputs.outputs = 2;
  outputs.logits = {0, -1, 0, -2, 0, -3};
  outputs.classes = {0, 0, 1};
  EvaluationReport made;
  made.data = "test.jsonl";
  made.labels.names = {"safe", "bug"};
  made.rows_of_labels = {2, 1};
  made.rows = 3;
  made.bad_rows = 1;
  made.metric_options.labels = made.labels.names;
  made.metric_options.resamples = 50;
  made.metrics = metrics::evaluate(outputs, made.metric_options);
  made.warnings = metrics::warnings(outputs, made.metric_options);
  made.threshold = 0.25;
  made.threshold_from = "asked for";
  made.settings = {{"device", "cpu"}};
  made.flops = 2'500'000'000;
  made.energy = EnergySpent{{units::joules(3), units::joules(2), units::joules(4)}, {}};
  return made;
}

TEST(EvaluationReport, has_metrics_by_name_at_the_top_of_its_json) {
  const auto json = nlohmann::json::parse(as_json(report()));
  EXPECT_NEAR(json["accuracy"].get<double>(), 2.0 / 3, 1e-12);
  EXPECT_EQ(json["f1_bug"], 0);
  EXPECT_TRUE(json["precision_bug"].is_null());
  EXPECT_EQ(json["intervals"]["accuracy"].size(), 2U);
  EXPECT_EQ(json["classes"][1]["name"], "bug");
  EXPECT_EQ(json["classes"][1]["rows"], 1);
  EXPECT_EQ(json["classes"][0]["recall"], 1);
  EXPECT_EQ(json["threshold"], 0.25);
  EXPECT_EQ(json["device"], "cpu");
  EXPECT_EQ(json["rows"], 3);
  EXPECT_EQ(json["bad_rows"], 1);
  EXPECT_EQ(json["flops"], 2.5e9);
  EXPECT_EQ(json["energy"]["joules"], 3);
  EXPECT_THAT(json["warnings"][0].get<std::string>(), HasSubstr("every answer is class 'safe'"));
}

TEST(EvaluationReport, shows_people_what_counts) {
  const auto text = as_text(report());
  EXPECT_THAT(text, HasSubstr("test.jsonl: 3 rows (1 bad ones skipped)"));
  EXPECT_THAT(text, HasSubstr("2.5 GFLOP; 3.000 J (2.000 .. 4.000)"));
  EXPECT_THAT(text, HasSubstr("threshold 0.25, asked for"));
  EXPECT_THAT(text, HasSubstr("accuracy             0.6667"));
  EXPECT_THAT(text, HasSubstr("bug           1          -  0.0000  0.0000"));
  EXPECT_THAT(text, HasSubstr("warning: every answer is class 'safe'"));
}

TEST(EvaluationReport, has_no_classes_for_a_regression) {
  EvaluationReport made;
  made.labels = {checkpoint::Problem::regression, {"LABEL_0"}};
  metrics::Outputs outputs{.problem = checkpoint::Problem::regression,
                           .outputs = 1,
                           .logits = {1, 2},
                           .classes = {},
                           .targets = {1, 3}};
  made.metrics = metrics::evaluate(outputs, {});
  EXPECT_FALSE(nlohmann::json::parse(as_json(made)).contains("classes"));
  EXPECT_THAT(as_text(made), Not(HasSubstr("class")));
}

}  // namespace
}  // namespace turngreen::engine
