#include "turngreen/pipeline/metrics_file.h"

#include <gmock/gmock.h>

#include <string>

namespace turngreen::pipeline {
namespace {

using testing::HasSubstr;

std::string names_of(std::string_view json) {
  const auto metrics = parse_metrics(json);
  if (!metrics) return metrics.error().message;
  std::string text;
  for (const Metric& metric : *metrics)
    text += metric.name + "=" + std::to_string(metric.value) + " ";
  return text;
}

TEST(MetricsFile, numbers_come_in_order_and_nested_names_are_joined_by_points) {
  EXPECT_EQ(names_of(R"({"f1": 0.5, "eval": {"loss": -1, "deep": {"n": 2}}, "last": 3})"),
            "f1=0.500000 eval.loss=-1.000000 eval.deep.n=2.000000 last=3.000000 ");
}

TEST(MetricsFile, what_is_no_number_is_passed_over) {
  EXPECT_EQ(names_of(R"({"a": "x", "b": null, "c": true, "d": [1, {"e": 2}], "f": 1})"),
            "f=1.000000 ");
}

TEST(MetricsFile, numbers_that_are_not_finite_are_errors_with_their_name) {
  for (const char* number : {"NaN", "Infinity", "-Infinity", "1e999", "-1e999", "nan"}) {
    EXPECT_EQ(names_of("{\"a\": 1, \"eval\": {\"f1\": " + std::string(number) + "}}"),
              "\"eval.f1\" is \"" + std::string(number) + "\"; it must be a finite number");
  }
}

TEST(MetricsFile, what_is_no_json_object_is_an_error) {
  EXPECT_THAT(names_of(""), HasSubstr("not JSON"));
  EXPECT_THAT(names_of("{\"a\": 1"), HasSubstr("not JSON"));
  EXPECT_THAT(names_of("{\"a\": x}"), HasSubstr("not JSON at byte 7"));
  EXPECT_THAT(names_of("[1]"), HasSubstr("a list instead of an object"));
  EXPECT_THAT(names_of("1"), HasSubstr("a number instead of an object"));
}

TEST(MetricsFile, names_that_occur_twice_or_are_very_long_are_errors) {
  EXPECT_THAT(names_of(R"({"a": 1, "a": 2})"), HasSubstr("\"a\" occurs twice"));
  EXPECT_THAT(names_of(R"({"a.b": 1, "a": {"b": 2}})"), HasSubstr("\"a.b\" occurs twice"));
  EXPECT_THAT(names_of("{\"" + std::string(300, 'x') + "\": 1}"), HasSubstr("longer than 256"));
}

TEST(MetricsFile, depth_and_count_are_bounded) {
  std::string deep, many = "{\"a\":0";
  for (int i = 0; i < 100'000; ++i) deep += "{\"a\":";
  for (int i = 0; i < 1001; ++i) many += ",\"m" + std::to_string(i) + "\":1";
  EXPECT_THAT(names_of(deep), HasSubstr("nested deeper than 8"));
  EXPECT_THAT(names_of(many + "}"), HasSubstr("more than 1000 numbers"));
}

}  // namespace
}  // namespace turngreen::pipeline
