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

/// Which emissions a carbon intensity counts.
enum class IntensityBasis {
  life_cycle,  ///< also fuel supply, building and dismantling of the plants
  direct,      ///< burning the fuel only
};
std::string_view to_string(IntensityBasis basis);  ///< "life cycle", "direct"

/// One row of the built-in table: the yearly mean, life cycle, of the electricity generated in a
/// country (not of what it imports).
struct CountryIntensity {
  std::string_view country;  ///< ISO 3166-1 alpha-2, "FR"
  std::string_view name;
  int year = 0;
  units::CarbonIntensity intensity;
};

/// The built-in table, ordered by country, and the source and licence that go with every figure
/// taken from it.
std::span<const CountryIntensity> country_intensities();
std::string_view country_intensities_source();

/// Upper or lower case. Nothing where the country is not in the table: there is no default country.
std::optional<CountryIntensity> find_country_intensity(std::string_view country);

/// Carbon intensity over time, as half-open intervals [from, until) of UTC.
class IntensitySeries {
 public:
  struct Interval {
    std::int64_t from_unix_s = 0;
    std::int64_t until_unix_s = 0;
    units::CarbonIntensity intensity;

    friend bool operator==(const Interval&, const Interval&) = default;
  };

  /// Reads an Electricity Maps CSV of one zone (its old headers and its new; columns by name) of up
  /// to 64 MiB. A row lasts for the file's step, which is the shortest distance of two rows; rows
  /// without a number, and rows left out, are holes. The column of the other basis is never used
  /// instead. Errors name the file, line and column.
  static Result<IntensitySeries> load(const std::filesystem::path& file,
                                      IntensityBasis basis = IntensityBasis::life_cycle);
  /// The same of the text itself; `name` stands for the file in errors.
  static Result<IntensitySeries> parse(std::string_view csv, std::string_view name,
                                       IntensityBasis basis = IntensityBasis::life_cycle);

  /// In order of time, without overlap.
  std::span<const Interval> intervals() const { return intervals_; }
  std::string_view zone() const { return zone_; }  ///< "DE"; empty where the file names none
  IntensityBasis basis() const { return basis_; }

  /// The time-weighted mean over [from, until), or at `from` where both are the same; absent where
  /// any part of it is not covered.
  std::optional<units::CarbonIntensity> mean(std::int64_t from_unix_s,
                                             std::int64_t until_unix_s) const;

 private:
  std::vector<Interval> intervals_;
  std::string zone_;
  IntensityBasis basis_ = IntensityBasis::life_cycle;
};

}  // namespace turngreen::energy
