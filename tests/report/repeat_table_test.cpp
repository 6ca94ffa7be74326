#include "turngreen/report/repeat_table.h"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "report/sample_measurement.h"
#include "turngreen/report/measurement_json.h"

namespace turngreen::report {
namespace {

using testing::ContainsRegex;
using testing::HasSubstr;

std::vector<pipeline::Measurement> sample_runs() {
  std::vector<pipeline::Measurement> runs(3, sample_measurement());
  for (std::size_t i = 0; i < runs.size(); ++i) {
    const auto energy = static_cast<std::int64_t>(100'000'000 + i * 10'000'000);
    runs[i].energy.total = measured_uj(energy, energy - 1, energy + 1);
  }
  return runs;
}

TEST(RepeatTable, it_shows_each_run_and_the_mean_with_its_interval_and_variation) {
  const std::string table = repeat_table(sample_runs(), {.columns = 120, .colour = false});
  EXPECT_THAT(table, HasSubstr("3 runs"));
  EXPECT_THAT(table, ContainsRegex("\n3 +~120.0 J"));
  // Mean 110, deviation 10, t(2) = 4.303: 110 +- 24.84.
  EXPECT_THAT(table, ContainsRegex("\ntotal +~110.0 J +~85.16 J +~134.8 J +9.09 %"));
}

TEST(RepeatTable, nested_stages_are_indented) {
  EXPECT_THAT(repeat_table(sample_runs(), {}), HasSubstr("\n  forward "));
}

TEST(RepeatTable, one_run_tells_no_variation) {
  const std::vector<pipeline::Measurement> one{sample_measurement()};
  EXPECT_THAT(repeat_table(one, {.columns = 120, .colour = false}),
              ContainsRegex("\ntotal +~120.0 J +- +- +- "));
}

TEST(RepeatTable, faults_name_their_run) {
  EXPECT_THAT(repeat_table(sample_runs(), {}), HasSubstr("run 2: gpu-0: the driver stopped"));
}

TEST(RepeatTable, the_document_holds_the_runs_and_their_summary) {
  const auto document = nlohmann::json::parse(measurements_json(sample_runs()));
  EXPECT_EQ(document["schema"], "turngreen.measurements/1");
  EXPECT_EQ(document["runs"].size(), 3u);
  EXPECT_EQ(document["runs"][0]["schema"], "turngreen.measurement/1");
  EXPECT_DOUBLE_EQ(document["summary"]["energy_j"]["mean"].get<double>(), 110);
  EXPECT_EQ(document["summary"]["stages"][2]["parent"], "train");
}

TEST(RepeatTable, what_the_runs_do_not_tell_is_null) {
  const std::vector<pipeline::Measurement> one{sample_measurement()};
  const auto document = nlohmann::json::parse(measurements_json(one));
  EXPECT_TRUE(document["summary"]["energy_j"]["deviation"].is_null());
}

}  // namespace
}  // namespace turngreen::report
