#pragma once

#include <string>
#include <string_view>

#include "turngreen/units/carbon.h"
#include "turngreen/units/duration.h"
#include "turngreen/units/energy.h"
#include "turngreen/units/money.h"
#include "turngreen/units/power.h"
#include "turngreen/units/result.h"

namespace turngreen::units {

/// For people: four significant digits and the unit that suits the size ("12.34 mJ", "3.6 kJ" never: J below
/// 3,600 J, then Wh, then kWh from 1,000 Wh).
std::string to_text(Energy e);
std::string to_text(Power p);            ///< mW, W, kW
std::string to_text(Duration d);         ///< "12.3 us", "4.56 s", "3 min 12 s", "2 h 05 min"
std::string to_text(Carbon c);           ///< mg, g, kg, t CO2e
std::string to_text(CarbonIntensity i);  ///< gCO2e/kWh
std::string to_text(Money m);            ///< "0.0123 EUR"

/// A number and a unit, with or without a blank between: "3.5 J", "12kWh", "250 mW", "100ms", "1.5h". The
/// error names the text found and the units allowed. Energies, powers: a bare number is an error. A duration of
/// a bare number is seconds.
Result<Energy> parse_energy(std::string_view text);
Result<Power> parse_power(std::string_view text);
Result<Duration> parse_duration(std::string_view text);
Result<CarbonIntensity> parse_carbon_intensity(std::string_view text);  ///< bare number: gCO2e/kWh
Result<EnergyPrice> parse_energy_price(std::string_view text);          ///< "0.30 EUR/kWh", "0.30EUR"

}  // namespace turngreen::units
