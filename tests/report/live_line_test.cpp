#include "turngreen/report/live_line.h"

#include <gmock/gmock.h>

#include "report/sample_measurement.h"

namespace turngreen::report {
namespace {

using testing::ContainsRegex;
using testing::HasSubstr;

TEST(LiveLine, it_shows_time_energy_power_and_the_innermost_open_stage) {
  auto snapshot = sample_measurement().energy;
  snapshot.stages[1].open_at_end = true;
  snapshot.stages[2].open_at_end = true;
  EXPECT_THAT(live_line(snapshot, units::watts(12), 80),
              ContainsRegex("^10[0-9.]* s  ~120[0-9.]* J  ~12[0-9.]* W  train/forward$"));
}

TEST(LiveLine, without_sensors_it_says_so) {
  EXPECT_THAT(live_line({}, std::nullopt, 80), HasSubstr("not measured"));
}

TEST(LiveLine, it_fits_into_the_terminal) {
  auto snapshot = sample_measurement().energy;
  snapshot.stages[0].open_at_end = true;
  snapshot.stages[0].name = std::string(200, 'x');
  EXPECT_LE(live_line(snapshot, units::watts(12), 40).size(), 40u);
}

}  // namespace
}  // namespace turngreen::report
