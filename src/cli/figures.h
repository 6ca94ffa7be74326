#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "turngreen/energy/carbon_intensity.h"
#include "turngreen/pipeline/measurement.h"
#include "turngreen/units/result.h"

namespace turngreen::cli {

/// What a kilowatt-hour weighs in carbon, and who says so.
struct CarbonSource {
  std::variant<units::CarbonIntensity, energy::IntensitySeries> intensity;
  std::string basis;
  std::string country_name;  ///< of the built-in table; empty: another source
};

/// "350" or "350 g/kWh", a country of the built-in table by its two letters, or a file of
/// intensities over time. The error says which of the three were tried.
Result<CarbonSource> parse_carbon_source(std::string_view text);

/// Adds the carbon of the run's energy. The error says why it is unknown (a file that does not
/// cover the run).
Result<void> add_carbon(pipeline::Measurement& measurement, const CarbonSource& source);

void add_cost(pipeline::Measurement& measurement, units::EnergyPrice price);

}  // namespace turngreen::cli
