#include "turngreen/report/prometheus_text.h"

#include <gmock/gmock.h>

#include <set>
#include <sstream>

#include "report/sample_measurement.h"

namespace turngreen::report {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(PrometheusText, a_domain_has_its_value_and_bounds) {
  const std::string text = prometheus_text(sample_measurement());
  const std::string labels =
      R"({domain="package-0",kind="package",source="rapl_powercap",estimated="false",counted="true"})";
  EXPECT_THAT(text, HasSubstr("turngreen_energy_joules_total" + labels + " 100.000001\n"));
  EXPECT_THAT(text, HasSubstr("turngreen_energy_low_joules" + labels + " 99\n"));
  EXPECT_THAT(text, HasSubstr("turngreen_energy_high_joules" + labels + " 101\n"));
}

TEST(PrometheusText, what_was_not_measured_has_no_energy_line) {
  const std::string text = prometheus_text(sample_measurement());
  EXPECT_THAT(text, Not(HasSubstr("joules_total{domain=\"gpu-0\"")));
  EXPECT_THAT(text, HasSubstr("turngreen_unmeasured_seconds_total{domain=\"gpu-0\"} 10\n"));
}

TEST(PrometheusText, stages_are_named_by_their_path) {
  EXPECT_THAT(prometheus_text(sample_measurement()),
              HasSubstr("turngreen_stage_energy_joules_total{stage=\"train/forward\","
                        "domain=\"package-0\",estimated=\"false\",counted=\"true\"} 60.000001\n"));
}

TEST(PrometheusText, quotes_backslashes_and_newlines_in_labels_are_escaped) {
  auto m = sample_measurement();
  m.energy.stages[0].name = "a\"b\nc";
  EXPECT_THAT(prometheus_text(m), HasSubstr("stage=\"a\\\"b\\nc\""));
}

TEST(PrometheusText, stages_whose_names_hold_slashes_stay_apart) {
  auto m = sample_measurement();
  m.energy.stages[0].name = "train/forward";
  EXPECT_THAT(prometheus_text(m), HasSubstr("stage=\"train\\\\/forward\""));
}

TEST(PrometheusText, faults_of_one_kind_and_subject_are_one_series) {
  auto m = sample_measurement();
  m.energy.faults.push_back(m.energy.faults[0]);
  EXPECT_THAT(prometheus_text(m),
              HasSubstr("turngreen_faults_total{kind=\"wrap\",subject=\"package-0\"} 2\n"));
}

TEST(PrometheusText, every_series_is_written_once_and_every_name_is_described_once) {
  std::istringstream lines(prometheus_text(sample_measurement()));
  std::set<std::string> seen;
  for (std::string line; std::getline(lines, line);) {
    const bool comment = line.rfind("# ", 0) == 0;
    const std::string key = comment ? line : line.substr(0, line.rfind(' '));
    EXPECT_TRUE(seen.insert(key).second) << line;
    if (!comment) {
      EXPECT_TRUE(seen.count("# TYPE " + key.substr(0, key.find('{')) + " counter") == 1 ||
                  seen.count("# TYPE " + key.substr(0, key.find('{')) + " gauge") == 1)
          << line;
    }
  }
}

TEST(PrometheusText, the_exit_status_comes_with_a_whole_run_only) {
  const auto m = sample_measurement();
  EXPECT_THAT(prometheus_text(m), HasSubstr("turngreen_run_exit_status 0\n"));
  EXPECT_THAT(prometheus_text(m.energy, m.scope), Not(HasSubstr("exit_status")));
}

TEST(PrometheusText, carbon_is_there_only_when_known) {
  auto m = sample_measurement();
  EXPECT_THAT(prometheus_text(m), Not(HasSubstr("carbon")));
  m.carbon =
      pipeline::CarbonFigure{units::Bounded<units::Carbon>::exactly(units::grams(2)), "given"};
  EXPECT_THAT(prometheus_text(m), HasSubstr("turngreen_run_carbon_grams{basis=\"given\"} 2\n"));
}

}  // namespace
}  // namespace turngreen::report
