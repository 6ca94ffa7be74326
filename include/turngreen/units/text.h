#pragma once

#include <string>
#include <string_view>

#include "turngreen/units/bounded.h"
#include "turngreen/units/carbon.h"
#include "turngreen/units/duration.h"
#include "turngreen/units/energy.h"
#include "turngreen/units/money.h"
#include "turngreen/units/power.h"
#include "turngreen/units/result.h"

namespace turngreen::units {

/// For people: four significant digits (more only before the decimal point) and the unit that suits
/// the size. Independent of the locale.
std::string to_text(Energy e);           ///< uJ, mJ, J; from 3,600 J on Wh; from 1,000 Wh on kWh
std::string to_text(Power p);            ///< mW, W, kW
std::string to_text(Duration d);         ///< "12.30 us", "4.560 s", "3 min 12 s", "2 h 05 min"
std::string to_text(Carbon c);           ///< mg, g, kg, t CO2e
std::string to_text(CarbonIntensity i);  ///< gCO2e/kWh
std::string to_text(Money m);            ///< two decimals, below 1 four digits: "0.01230 EUR"

/// "12.30 J (11.90 .. 12.80)": the unit and the decimals that suit the value, for all three
/// numbers. An exact value stands alone.
std::string to_text(const Bounded<Energy>& e);
std::string to_text(const Bounded<Power>& p);
std::string to_text(const Bounded<Duration>& d);  ///< ns, us, ms or s
std::string to_text(const Bounded<Carbon>& c);
std::string to_text(const Bounded<Money>& m);  ///< all three in the value's currency

/// A number (decimal point, no thousands separators) and a unit, with or without a blank between:
/// "3.5 J", "12kWh", "250 mW", "100ms", "1.5h". "us", "uJ" and "uW" may be written with the micro
/// sign. Upper and lower case count: mW is not MW. Negative amounts, infinities and amounts that do
/// not fit are errors. The error names the text found and the units allowed.
Result<Energy> parse_energy(std::string_view text);
Result<Power> parse_power(std::string_view text);
Result<Duration> parse_duration(std::string_view text);                 ///< bare number: seconds
Result<CarbonIntensity> parse_carbon_intensity(std::string_view text);  ///< bare number: gCO2e/kWh
/// "0.30 EUR/kWh", "0.30EUR" (per kWh), "-12.5 EUR/MWh". Prices may be negative.
Result<EnergyPrice> parse_energy_price(std::string_view text);

/// Text found in some input, as an error message shows it: in single quotes, cut to 64 bytes, what
/// is not printable replaced by '?'.
std::string in_quotes(std::string_view found);

}  // namespace turngreen::units
