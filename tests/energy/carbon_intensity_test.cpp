#include "turngreen/energy/carbon_intensity.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <limits>
#include <stdexcept>
#include <string>

namespace turngreen::energy {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using units::grams_per_kilowatt_hour;

constexpr std::int64_t kStart = 1'672'531'200;  // 2023-01-01 00:00 UTC
constexpr std::int64_t kHour = 3600;

constexpr std::string_view kHeader =
    "Datetime (UTC),Zone id,Carbon intensity gCO₂eq/kWh (direct),Carbon intensity gCO₂eq/kWh (Life "
    "cycle)\n";

/// 100 g/kWh, 200 g/kWh, an hour without a number, 400 g/kWh.
IntensitySeries four_hours() {
  std::string csv(kHeader);
  csv +=
      "2023-01-01 00:00:00,DE,10,100\n"
      "2023-01-01 01:00:00,DE,20,200\n"
      "2023-01-01 02:00:00,DE,30,\n"
      "2023-01-01 03:00:00,DE,40,400\n";
  return IntensitySeries::parse(csv, "four hours").value();
}

TEST(IntensitySeries, keeps_its_zone_and_basis) {
  EXPECT_EQ(four_hours().zone(), "DE");
  EXPECT_EQ(four_hours().basis(), IntensityBasis::life_cycle);
  EXPECT_EQ(four_hours().intervals().size(), 3u);

  const auto direct = IntensitySeries::parse(
      std::string(kHeader) + "2023-01-01 00:00:00,DE,10,100\n2023-01-01 01:00:00,DE,20,200\n",
      "two", IntensityBasis::direct);
  ASSERT_TRUE(direct);
  EXPECT_EQ(direct->basis(), IntensityBasis::direct);
  EXPECT_EQ(direct->mean(kStart, kStart + 1), grams_per_kilowatt_hour(10));
}

TEST(IntensitySeries, the_mean_within_an_interval_is_its_own) {
  EXPECT_EQ(four_hours().mean(kStart + 5, kStart + 6), grams_per_kilowatt_hour(100));
  EXPECT_EQ(four_hours().mean(kStart + kHour, kStart + 2 * kHour), grams_per_kilowatt_hour(200));
}

TEST(IntensitySeries, the_mean_over_several_is_weighted_by_time) {
  EXPECT_EQ(four_hours().mean(kStart, kStart + 2 * kHour), grams_per_kilowatt_hour(150));
  EXPECT_EQ(four_hours().mean(kStart + kHour - 900, kStart + kHour + 2700),
            grams_per_kilowatt_hour(175));
}

TEST(IntensitySeries, an_interval_ends_where_the_next_begins) {
  EXPECT_EQ(four_hours().mean(kStart + kHour - 1, kStart + kHour), grams_per_kilowatt_hour(100));
  EXPECT_EQ(four_hours().mean(kStart + kHour, kStart + kHour + 1), grams_per_kilowatt_hour(200));
}

TEST(IntensitySeries, a_moment_has_the_intensity_of_its_interval) {
  EXPECT_EQ(four_hours().mean(kStart, kStart), grams_per_kilowatt_hour(100));
  EXPECT_EQ(four_hours().mean(kStart + kHour, kStart + kHour), grams_per_kilowatt_hour(200));
  EXPECT_EQ(four_hours().mean(kStart + 2 * kHour, kStart + 2 * kHour), std::nullopt);
}

TEST(IntensitySeries, there_is_no_mean_where_a_part_is_not_covered) {
  const IntensitySeries series = four_hours();
  EXPECT_EQ(series.mean(kStart, kStart + 4 * kHour), std::nullopt);                  // the hole
  EXPECT_EQ(series.mean(kStart + 2 * kHour, kStart + 2 * kHour + 1), std::nullopt);  // within it
  EXPECT_EQ(series.mean(kStart + kHour, kStart + 2 * kHour + 1), std::nullopt);      // into it
  EXPECT_EQ(series.mean(kStart - 1, kStart + 1), std::nullopt);                      // before
  EXPECT_EQ(series.mean(kStart + 3 * kHour, kStart + 4 * kHour + 1), std::nullopt);  // after
  EXPECT_EQ(series.mean(kStart + 10 * kHour, kStart + 11 * kHour), std::nullopt);
}

TEST(IntensitySeries, a_range_that_ends_before_it_begins_has_no_mean) {
  EXPECT_EQ(four_hours().mean(kStart + 2, kStart + 1), std::nullopt);
}

TEST(IntensitySeries, times_beyond_all_calendars_have_no_mean) {
  constexpr std::int64_t kLowest = std::numeric_limits<std::int64_t>::min();
  constexpr std::int64_t kHighest = std::numeric_limits<std::int64_t>::max();
  EXPECT_EQ(four_hours().mean(kLowest, kHighest), std::nullopt);
  EXPECT_EQ(four_hours().mean(kStart, kHighest), std::nullopt);
  EXPECT_EQ(four_hours().mean(kLowest, kStart), std::nullopt);
}

TEST(IntensitySeries, without_a_file_there_is_no_mean) {
  EXPECT_EQ(IntensitySeries().mean(kStart, kStart + 1), std::nullopt);
}

TEST(IntensitySeries, its_basis_has_a_word) {
  EXPECT_EQ(to_string(IntensityBasis::life_cycle), "life cycle");
  EXPECT_EQ(to_string(IntensityBasis::direct), "direct");
}

/// A folder that is gone at scope exit.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string pattern = testing::TempDir() + "carbon_intensity_XXXXXX";
    if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("mkdtemp failed");
    path_ = pattern;
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

TEST(IntensitySeriesLoad, reads_a_file) {
  const TemporaryFolder folder;
  const fs::path file = folder.path() / "DE.csv";
  std::ofstream(file) << kHeader
                      << "2023-01-01 00:00:00,DE,10,100\n2023-01-01 01:00:00,DE,20,200\n";
  const auto series = IntensitySeries::load(file);
  ASSERT_TRUE(series) << series.error().message;
  EXPECT_EQ(series->mean(kStart, kStart + 2 * kHour), grams_per_kilowatt_hour(150));
}

TEST(IntensitySeriesLoad, names_the_file_in_what_is_wrong_with_it) {
  const TemporaryFolder folder;
  const fs::path file = folder.path() / "DE.csv";
  std::ofstream(file) << kHeader << "2023-01-01 00:00:00,DE,10,x\n";
  const auto series = IntensitySeries::load(file);
  ASSERT_FALSE(series);
  EXPECT_THAT(series.error().message, HasSubstr(file.string() + ":2: column "));
}

TEST(IntensitySeriesLoad, a_file_that_is_not_there_is_not_found) {
  const TemporaryFolder folder;
  const auto series = IntensitySeries::load(folder.path() / "none.csv");
  ASSERT_FALSE(series);
  EXPECT_EQ(series.error().kind, Error::Kind::not_found);
  EXPECT_THAT(series.error().message, HasSubstr("none.csv: No such file"));
}

TEST(IntensitySeriesLoad, a_folder_cannot_be_read) {
  const TemporaryFolder folder;
  const auto series = IntensitySeries::load(folder.path());
  ASSERT_FALSE(series);
  EXPECT_EQ(series.error().kind, Error::Kind::io);
}

TEST(IntensitySeriesLoad, an_endless_file_is_given_up_at_64_mib) {
  const auto series = IntensitySeries::load("/dev/zero");
  ASSERT_FALSE(series);
  EXPECT_EQ(series.error().kind, Error::Kind::invalid_input);
  EXPECT_THAT(series.error().message, HasSubstr("/dev/zero: is larger than 64 MiB"));
}

/// A year of hours as Electricity Maps publishes it, which we may not redistribute: these tests run
/// where the files are.
struct Year {
  const char* file;
  const char* zone;
  double life_cycle_mean;  ///< of the file, in gCO2e/kWh, as a spreadsheet gives it
  double direct_mean;
};

class ElectricityMapsYear : public testing::TestWithParam<Year> {
 protected:
  void SetUp() override {
    const char* folder = std::getenv("TURNGREEN_TEST_DATA");
    file_ = fs::path(folder != nullptr ? folder : TURNGREEN_TEST_DATA_DEFAULT) / "traces/carbon" /
            GetParam().file;
    if (!fs::exists(file_)) {
      GTEST_SKIP() << file_.lexically_normal()
                   << " is not there; set TURNGREEN_TEST_DATA to the folder that holds traces/";
    }
  }

  fs::path file_;
};

TEST_P(ElectricityMapsYear, is_covered_without_a_hole_and_has_the_known_mean) {
  constexpr std::int64_t kYear = 365 * 24 * kHour;
  const double means[] = {GetParam().life_cycle_mean, GetParam().direct_mean};
  for (const auto basis : {IntensityBasis::life_cycle, IntensityBasis::direct}) {
    const auto series = IntensitySeries::load(file_, basis);
    ASSERT_TRUE(series) << series.error().message;
    EXPECT_EQ(series->zone(), GetParam().zone);
    EXPECT_EQ(series->intervals().size(), 8760u);
    const auto mean = series->mean(kStart, kStart + kYear);
    ASSERT_TRUE(mean);
    EXPECT_NEAR(mean->in_grams_per_kilowatt_hour(), means[basis == IntensityBasis::direct], 1e-6);
    EXPECT_EQ(series->mean(kStart, kStart + kYear + 1), std::nullopt);
  }
}

INSTANTIATE_TEST_SUITE_P(
    Of2023, ElectricityMapsYear,
    testing::Values(
        Year{"DE-LU_2023_hourly.csv", "DE", 366.9715376712, 307.6619486301},
        Year{"ES_2023_hourly.csv", "ES", 160.1221563927, 117.8289668950},
        Year{"US-CAL-CISO_2023_hourly.csv", "US-CAL-CISO", 260.7481312785, 193.9555844749},
        Year{"US-TEX-ERCO_2023_hourly.csv", "US-TEX-ERCO", 380.5493881279, 316.7222808219}),
    [](const auto& test) {
      std::string name = test.param.zone;
      std::replace(name.begin(), name.end(), '-', '_');
      return name;
    });

}  // namespace
}  // namespace turngreen::energy
