#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "report/sample_report.h"

namespace turngreen::report {
namespace {

using nlohmann::json;

TEST(ReportJson, has_what_scripts_rely_on) {
  const json found = json::parse(report_json(sample_report()));
  EXPECT_EQ(found["study"]["name"], "digits");
  EXPECT_EQ(found["baseline"]["name"], "baseline");
  ASSERT_EQ(found["configurations"].size(), 3);
  const json& winner = found["configurations"][1];
  EXPECT_EQ(winner["configuration"], (json{{"lr", 1e-5}, {"width", 2}}));
  EXPECT_EQ(winner["energy_j"]["value"], 40);
  EXPECT_NEAR(winner["change"]["energy"], -0.6, 1e-12);
  EXPECT_EQ(found["configurations"][2]["status"], "failed");
  EXPECT_EQ(found["ledger"]["spent_j"], 140);
  EXPECT_EQ(found["trials"].size(), 3);
}

TEST(ReportJson, what_was_not_measured_is_null) {
  const json found = json::parse(report_json(sample_report()));
  const json& failed = found["configurations"][2];
  EXPECT_EQ(failed["energy_j"], nullptr);
  EXPECT_EQ(failed["kwh"], nullptr);
  EXPECT_EQ(failed["quality"], nullptr);
  EXPECT_EQ(found["configurations"][1]["gco2e"], nullptr);
  EXPECT_EQ(found["trials"][2]["energy_j"], nullptr);
}

TEST(ReportJson, carbon_cost_and_joules_per_point_follow_from_the_energy) {
  auto report = sample_report();
  report.carbon = CarbonBasis{units::grams_per_kilowatt_hour(360), "given"};
  report.price = units::price_per_kilowatt_hour(units::Money(0.9, units::Currency("EUR")));
  const json winner = json::parse(report_json(report))["configurations"][1];
  EXPECT_NEAR(winner["gco2e"], 0.004, 1e-12);
  EXPECT_NEAR(winner["cost"], 1e-5, 1e-15);
  EXPECT_NEAR(winner["ear_j_per_point"], 40 / 87.5, 1e-9);
}

TEST(ReportJson, a_metric_that_is_no_share_has_no_joules_per_point) {
  auto report = sample_report();
  for (auto& each : report.analysis.configurations) {
    if (each.quality) each.quality->mean = 5000;
  }
  const json found = json::parse(report_json(report));
  EXPECT_EQ(found["configurations"][1]["ear_j_per_point"], nullptr);
}

TEST(ReportJson, without_a_run_of_the_baseline_there_is_none) {
  auto report = sample_report();
  report.analysis.configurations.erase(report.analysis.configurations.begin());
  EXPECT_EQ(json::parse(report_json(report))["baseline"], nullptr);
}

TEST(ReportJson, an_imported_configuration_goes_by_its_name_and_what_was_said_of_its_carbon) {
  auto report = sample_report("v2_lora");
  report.trials[1].provenance.emplace_back("emissions_kg", "0.25");
  const json found = json::parse(report_json(report));
  EXPECT_EQ(found["configurations"][1]["name"], "v2_lora");
  EXPECT_EQ(found["configurations"][1]["gco2e"], 250);
  EXPECT_EQ(found["trials"][1]["configuration"], "v2_lora");
}

TEST(ReportJson, is_valid_whatever_a_name_holds) {
  EXPECT_TRUE(json::accept(report_json(sample_report("\xff</script>\n\"<img>"))));
}

}  // namespace
}  // namespace turngreen::report
