#include "cli/schema.h"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "cli/schema_texts.h"
#include "cli/turngreen_process.h"
#include "report/json_schema_check.h"
#include "report/sample_measurement.h"
#include "turngreen/report/measurement_json.h"
#include "turngreen/report/sensors_report.h"

namespace turngreen::cli {
namespace {

using nlohmann::json;
using testing::HasSubstr;

json schema(std::string_view name) {
  for (const auto& known : schema_texts()) {
    if (known.name == name) return json::parse(known.text);
  }
  return {};
}

TEST(Schema, a_measurement_is_of_its_schema) {
  const json document = json::parse(report::measurement_json(report::sample_measurement()));
  EXPECT_EQ(report::schema_fault(document, schema("measurement")), "");
}

TEST(Schema, a_measurement_with_everything_in_it_is_of_its_schema) {
  auto m = report::sample_measurement();
  m.signal = 9;
  m.idle = pipeline::Idle{};
  m.above_idle = units::Bounded<units::Energy>{};
  m.carbon = pipeline::CarbonFigure{};
  m.cost = pipeline::CostFigure{};
  m.metrics = {{"f1", 0.5}};
  m.effective = {{"lora", true}};
  m.progress = {{"load", 10, 0}};
  const json document = json::parse(report::measurement_json(m));
  EXPECT_EQ(report::schema_fault(document, schema("measurement")), "");
}

TEST(Schema, several_measurements_are_of_their_schema) {
  const std::vector<pipeline::Measurement> runs(2, report::sample_measurement());
  const json document = json::parse(report::measurements_json(runs));
  EXPECT_EQ(report::schema_fault(document, schema("measurements")), "");
}

TEST(Schema, every_key_of_a_measurement_is_described) {
  const json document = json::parse(report::measurement_json(report::sample_measurement()));
  for (const auto& [key, value] : document.items()) {
    EXPECT_TRUE(schema("measurement")["properties"].contains(key)) << key;
  }
}

TEST(Schema, a_document_that_is_not_of_the_schema_is_told) {
  json document = json::parse(report::measurement_json(report::sample_measurement()));
  document["stages"][1]["count"] = -1;
  EXPECT_THAT(report::schema_fault(document, schema("measurement")), HasSubstr("/stages/1/count"));
  document["stages"][1].erase("count");
  EXPECT_THAT(report::schema_fault(document, schema("measurement")), HasSubstr("count"));
}

TEST(Schema, a_report_of_sensors_is_of_its_schema) {
  report::SensorsReport sensors;
  for (const auto& domain : report::sample_measurement().energy.domains) {
    sensors.domains.push_back({domain, energy::ObservedStep{}});
  }
  sensors.obstacles = {{"RAPL", "denied", ""}};
  EXPECT_EQ(report::schema_fault(json::parse(report::sensors_json(sensors)), schema("sensors")),
            "");
}

TEST(Schema, the_command_prints_a_schema_and_lists_their_names) {
  const Finished printed = run_turngreen({"schema", "measurement"});
  EXPECT_EQ(printed.status, 0);
  EXPECT_EQ(json::parse(printed.out), schema("measurement"));
  EXPECT_THAT(run_turngreen({"schema"}).out, HasSubstr("sensors\n"));
}

TEST(Schema, a_mistyped_name_gets_the_nearest_one) {
  const Finished finished = run_turngreen({"schema", "mesurement"});
  EXPECT_EQ(finished.status, 2);
  EXPECT_THAT(finished.err, HasSubstr("did you mean measurement?"));
}

}  // namespace
}  // namespace turngreen::cli
