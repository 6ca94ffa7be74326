#include "turngreen/report/measurement_json.h"

#include <gmock/gmock.h>

#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

#include "report/sample_measurement.h"

namespace turngreen::report {
namespace {

using nlohmann::json;
using pipeline::Measurement;

json document_of(const Measurement& m) { return json::parse(measurement_json(m)); }

std::int64_t microjoules_of(const json& joules) { return std::llround(joules.get<double>() * 1e6); }

TEST(MeasurementJson, the_fixed_interface_is_there) {
  const json document = document_of(sample_measurement());
  EXPECT_EQ(document["schema"], "turngreen.measurement/1");
  EXPECT_EQ(document["command"], json({"train.py", "--epochs", "2"}));
  EXPECT_EQ(document["exit_status"], 0);
  for (const char* key : {"energy_j", "energy_low_j", "energy_high_j", "seconds"}) {
    EXPECT_TRUE(document["total"].contains(key)) << key;
  }
  for (const char* key : {"name", "parent", "energy_j", "energy_low_j", "energy_high_j", "seconds",
                          "count", "domains"}) {
    EXPECT_TRUE(document["stages"][0].contains(key)) << key;
  }
  for (const char* key : {"name", "kind", "estimated", "energy_j"}) {
    EXPECT_TRUE(document["domains"][0].contains(key)) << key;
  }
  EXPECT_TRUE(document["faults"].is_array());
}

TEST(MeasurementJson, what_was_not_measured_is_null_and_never_zero) {
  const json document = document_of(sample_measurement());
  EXPECT_TRUE(document["domains"][3]["energy_j"].is_null());
  EXPECT_TRUE(document["stages"][0]["domains"]["gpu-0"]["energy_j"].is_null());
  EXPECT_TRUE(document["carbon"].is_null());
  EXPECT_TRUE(document["cost"].is_null());
  EXPECT_TRUE(document["idle"].is_null());
  EXPECT_TRUE(document["above_idle"].is_null());
}

TEST(MeasurementJson, a_run_without_any_energy_has_a_null_total) {
  Measurement m = sample_measurement();
  m.energy.total.energy.reset();
  const json document = document_of(m);
  EXPECT_TRUE(document["total"]["energy_j"].is_null());
  EXPECT_TRUE(document["total"]["energy_low_j"].is_null());
  EXPECT_TRUE(document["total"]["estimated_j"].is_null());
}

TEST(MeasurementJson, energies_are_written_with_at_most_six_decimals) {
  Measurement m = sample_measurement();
  m.energy.total = measured_uj(123'456'789'000'001, 1, 123'456'789'000'001);
  const std::string text = measurement_json(m);
  EXPECT_THAT(text, testing::HasSubstr("\"energy_j\": 123456789.000001,"));
  EXPECT_THAT(text, testing::HasSubstr("\"energy_j\": 100.000001,"));
}

TEST(MeasurementJson, children_and_own_add_up_to_the_parent_in_microjoules) {
  const json document = document_of(sample_measurement());
  const json& train = document["stages"][1];
  const json& forward = document["stages"][2];
  EXPECT_EQ(forward["parent"], "train");
  EXPECT_EQ(forward["parent_index"], 1);
  EXPECT_TRUE(train["parent"].is_null());
  const auto package = [](const json& domains) {
    return microjoules_of(domains["package-0"]["energy_j"]);
  };
  EXPECT_EQ(package(train["own"]["domains"]) + package(forward["domains"]),
            package(train["domains"]));
}

TEST(MeasurementJson, the_top_level_and_what_is_outside_add_up_to_the_total) {
  const json document = document_of(sample_measurement());
  std::int64_t sum = microjoules_of(document["outside_stages"]["energy_j"]);
  for (const json& stage : document["stages"]) {
    if (stage["parent"].is_null()) sum += microjoules_of(stage["energy_j"]);
  }
  EXPECT_EQ(sum, microjoules_of(document["total"]["energy_j"]));
}

TEST(MeasurementJson, the_estimated_part_is_said_per_domain_and_in_the_total) {
  const json document = document_of(sample_measurement());
  EXPECT_EQ(document["domains"][0]["estimated"], false);
  EXPECT_EQ(document["domains"][2]["estimated"], true);
  EXPECT_EQ(document["domains"][2]["source"], "estimator");
  EXPECT_EQ(document["total"]["estimated_j"], 20.0);
}

TEST(MeasurementJson, a_domain_that_is_not_counted_says_why) {
  const json document = document_of(sample_measurement());
  EXPECT_EQ(document["domains"][1]["counted"], false);
  EXPECT_EQ(document["domains"][1]["not_counted_because"], "part of package-0");
  EXPECT_TRUE(document["domains"][0]["not_counted_because"].is_null());
}

TEST(MeasurementJson, faults_are_timed_from_the_start_of_the_run) {
  const json fault = document_of(sample_measurement())["faults"][0];
  EXPECT_EQ(fault["kind"], "wrap");
  EXPECT_EQ(fault["subject"], "package-0");
  EXPECT_EQ(fault["first_s"], 1.5);
}

TEST(MeasurementJson, bytes_that_are_not_utf8_do_not_break_the_document) {
  Measurement m = sample_measurement();
  m.command = {"caf\xe9"};
  m.energy.stages[0].name = "\xff";
  EXPECT_EQ(document_of(m)["command"][0], "caf\xEF\xBF\xBD");
}

TEST(MeasurementJson, a_metric_that_is_not_a_number_is_null) {
  Measurement m = sample_measurement();
  m.metrics = {{"loss", std::numeric_limits<double>::quiet_NaN()}, {"f1", 0.5}};
  const json document = document_of(m);
  EXPECT_TRUE(document["metrics"][0]["value"].is_null());
  EXPECT_EQ(document["metrics"][1]["value"], 0.5);
}

TEST(MeasurementJson, work_counted_by_the_program_is_priced_per_piece) {
  Measurement m = sample_measurement();
  m.progress = {{"load", 11, 0}};
  const json progress = document_of(m)["progress"][0];
  EXPECT_DOUBLE_EQ(progress["energy_per_sample_j"].get<double>(), 1.0);
  EXPECT_TRUE(progress["energy_per_token_j"].is_null());
}

TEST(MeasurementJson, a_recording_cut_short_has_no_exit_status) {
  Measurement m = sample_measurement();
  m.command.clear();
  EXPECT_TRUE(document_of(m)["exit_status"].is_null());
}

}  // namespace
}  // namespace turngreen::report
