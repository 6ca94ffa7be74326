#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "turngreen/energy/carbon_intensity.h"
#include "turngreen/units/result.h"

namespace turngreen::energy {

/// What an Electricity Maps CSV says: the rows that have a number, each as long as the file's step.
struct ElectricityMapsCsv {
  std::string zone;
  std::vector<IntensitySeries::Interval> intervals;
};

/// See IntensitySeries::parse().
Result<ElectricityMapsCsv> parse_electricity_maps_csv(std::string_view csv, std::string_view name,
                                                      IntensityBasis basis);

}  // namespace turngreen::energy
