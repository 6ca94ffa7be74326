#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "require.h"
#include "turngreen/energy/carbon_intensity.h"

namespace turngreen::energy {
namespace {

using fuzz::require;

double grams(const IntensitySeries::Interval& interval) {
  return interval.intensity.in_grams_per_kilowatt_hour();
}

void check(const IntensitySeries& series) {
  const auto intervals = series.intervals();
  require(!intervals.empty(), "a series has an interval");
  std::int64_t covered = 0;
  for (std::size_t i = 0; i < intervals.size(); ++i) {
    const auto& [from, until, intensity] = intervals[i];
    require(from < until, "an interval is not empty");
    require(i == 0 || intervals[i - 1].until_unix_s <= from, "intervals come in order, apart");
    require(std::isfinite(grams(intervals[i])) && grams(intervals[i]) >= 0,
            "an intensity is a number from 0");
    require(series.mean(from, until) == intensity, "the mean over one interval is its intensity");
    require(series.mean(from, from) == intensity, "an interval holds its beginning");
    covered += until - from;
  }
  const std::int64_t from = intervals.front().from_unix_s;
  const std::int64_t until = intervals.back().until_unix_s;
  const auto mean = series.mean(from, until);
  require(mean.has_value() == (covered == until - from),
          "a mean is given where nothing is missing");
  if (mean) {
    const auto [least, most] =
        std::minmax_element(intervals.begin(), intervals.end(),
                            [](const auto& a, const auto& b) { return a.intensity < b.intensity; });
    constexpr double kRounding = 1e-9;
    const double value = mean->in_grams_per_kilowatt_hour();
    require(value >= grams(*least) * (1 - kRounding) && value <= grams(*most) * (1 + kRounding),
            "a mean lies between the least and the most");
  }
  require(!series.mean(from - 1, until) && !series.mean(from, until + 1),
          "outside of the series nothing is known");
}

void feed(std::string_view csv) {
  for (const auto basis : {IntensityBasis::life_cycle, IntensityBasis::direct}) {
    const auto series = IntensitySeries::parse(csv, "grid.csv", basis);
    if (series) {
      check(*series);
    } else {
      require(series.error().message.starts_with("grid.csv"), "an error names the file");
    }
  }
}

}  // namespace
}  // namespace turngreen::energy

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  turngreen::energy::feed({reinterpret_cast<const char*>(data), size});
  return 0;
}
