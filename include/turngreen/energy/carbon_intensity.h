#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "turngreen/units/carbon.h"
#include "turngreen/units/result.h"

namespace turngreen::energy {

/// One row of the built-in table: a country's yearly mean of its electricity generation (direct or
/// life-cycle as `source` says).
struct CountryIntensity {
  std::string_view country;  ///< ISO 3166-1 alpha-2, "FR"
  std::string_view name;
  int year = 0;
  units::CarbonIntensity intensity;
};

/// The built-in table and the source and licence that go with every figure taken from it.
std::span<const CountryIntensity> country_intensities();
std::string_view country_intensities_source();

/// Nothing where the country is not in the table: there is no default country.
std::optional<CountryIntensity> find_country_intensity(std::string_view country);

/// Carbon intensity over time, as half-open intervals [from, until) of UTC.
class IntensitySeries {
 public:
  struct Interval {
    std::int64_t from_unix_s = 0;
    std::int64_t until_unix_s = 0;
    units::CarbonIntensity intensity;
  };

  /// Reads an Electricity Maps CSV (old and new headers; columns by name). Rows without a number are holes.
  /// Errors name the file, line and column.
  static Result<IntensitySeries> load(const std::filesystem::path& file);
  static Result<IntensitySeries> parse(std::string_view csv, std::string_view name);

  std::span<const Interval> intervals() const { return intervals_; }
  std::string_view zone() const { return zone_; }
  /// The time-weighted mean over [from, until); absent where any part of it is not covered.
  std::optional<units::CarbonIntensity> mean(std::int64_t from_unix_s, std::int64_t until_unix_s) const;

 private:
  std::vector<Interval> intervals_;
  std::string zone_;
};

}  // namespace turngreen::energy
