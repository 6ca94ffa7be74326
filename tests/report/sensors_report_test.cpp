#include "turngreen/report/sensors_report.h"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "report/sample_measurement.h"

namespace turngreen::report {
namespace {

using nlohmann::json;
using testing::HasSubstr;

SensorsReport sample_report() {
  SensorsReport report;
  report.machine.cpu_model = "Test CPU";
  report.machine.logical_cpus = 8;
  const auto sample = sample_measurement();
  for (const auto& domain : sample.energy.domains) report.domains.push_back({domain, {}});
  energy::ObservedStep step;
  step.reads = 1000;
  step.changes = 50;
  step.period = units::milliseconds(1);
  step.smallest = units::microjoules(61);
  step.mean_power = units::watts(25);
  report.domains[0].observed = step;
  report.obstacles = {
      {"RAPL (perf_event)", "permission denied", "sudo setcap cap_perfmon=ep turngreen"}};
  report.left_out = {{"package-0", "/sys/class/powercap/intel-rapl-mmio:0", "a copy"}};
  report.estimate_basis = {"memory: 0.1 to 0.4 W per GB"};
  return report;
}

TEST(SensorsReport, the_document_tells_domains_obstacles_and_what_was_left_out) {
  const json document = json::parse(sensors_json(sample_report()));
  EXPECT_EQ(document["schema"], "turngreen.sensors/1");
  EXPECT_EQ(document["domains"].size(), 4u);
  EXPECT_EQ(document["domains"][0]["observed"]["period_s"], 0.001);
  EXPECT_EQ(document["domains"][0]["observed"]["smallest_step_j"], 0.000061);
  EXPECT_EQ(document["obstacles"][0]["remedy"], "sudo setcap cap_perfmon=ep turngreen");
  EXPECT_EQ(document["left_out"][0]["reason"], "a copy");
}

TEST(SensorsReport, what_was_not_observed_is_null) {
  EXPECT_TRUE(json::parse(sensors_json(sample_report()))["domains"][3]["observed"].is_null());
}

TEST(SensorsReport, the_text_gives_the_exact_command_that_grants_a_right) {
  const std::string text = sensors_text(sample_report(), {.columns = 120, .colour = false});
  EXPECT_THAT(text, HasSubstr("RAPL (perf_event): permission denied\n"
                              "    sudo setcap cap_perfmon=ep turngreen\n"));
}

TEST(SensorsReport, the_text_says_what_is_estimated_and_how_wide) {
  EXPECT_THAT(sensors_text(sample_report(), {}),
              HasSubstr("Estimated, not measured\nmemory: 0.1 to 0.4 W per GB\n"));
}

TEST(SensorsReport, a_machine_with_nothing_is_said_plainly) {
  EXPECT_THAT(sensors_text({}, {}), HasSubstr("No sensor was found"));
}

}  // namespace
}  // namespace turngreen::report
