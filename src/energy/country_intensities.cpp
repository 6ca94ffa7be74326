#include <algorithm>
#include <array>

#include "turngreen/energy/carbon_intensity.h"

namespace turngreen::energy {
namespace {

constexpr CountryIntensity in_2023(std::string_view country, std::string_view name,
                                   double grams_per_kilowatt_hour) {
  return {country, name, 2023, units::grams_per_kilowatt_hour(grams_per_kilowatt_hour)};
}

// The rows for 2023 of global_energy_mix.json in CodeCarbon 3.3.0, which has them from Our World in
// Data. Countries whose last figure is older are left out.
constexpr std::array kTable{
    in_2023("AR", "Argentina", 354.103),     in_2023("AT", "Austria", 110.812),
    in_2023("AU", "Australia", 548.692),     in_2023("BA", "Bosnia and Herzegovina", 600.0),
    in_2023("BD", "Bangladesh", 691.411),    in_2023("BE", "Belgium", 138.107),
    in_2023("BG", "Bulgaria", 335.334),      in_2023("BO", "Bolivia", 531.687),
    in_2023("BR", "Brazil", 98.348),         in_2023("CA", "Canada", 170.043),
    in_2023("CH", "Switzerland", 34.843),    in_2023("CL", "Chile", 291.113),
    in_2023("CN", "China", 582.317),         in_2023("CO", "Colombia", 259.511),
    in_2023("CR", "Costa Rica", 53.378),     in_2023("CY", "Cyprus", 534.323),
    in_2023("CZ", "Czechia", 449.724),       in_2023("DE", "Germany", 380.95),
    in_2023("DK", "Denmark", 151.65),        in_2023("EC", "Ecuador", 150.224),
    in_2023("EE", "Estonia", 416.667),       in_2023("EG", "Egypt", 570.306),
    in_2023("ES", "Spain", 174.05),          in_2023("FI", "Finland", 79.158),
    in_2023("FR", "France", 56.039),         in_2023("GB", "United Kingdom", 237.589),
    in_2023("GE", "Georgia", 167.594),       in_2023("GR", "Greece", 336.574),
    in_2023("HR", "Croatia", 204.962),       in_2023("HU", "Hungary", 204.19),
    in_2023("IE", "Ireland", 290.805),       in_2023("IN", "India", 713.441),
    in_2023("IR", "Iran", 655.125),          in_2023("IT", "Italy", 330.718),
    in_2023("JP", "Japan", 485.392),         in_2023("KE", "Kenya", 70.492),
    in_2023("KR", "South Korea", 430.567),   in_2023("KW", "Kuwait", 649.163),
    in_2023("KZ", "Kazakhstan", 821.391),    in_2023("LT", "Lithuania", 160.072),
    in_2023("LU", "Luxembourg", 105.263),    in_2023("LV", "Latvia", 123.2),
    in_2023("MA", "Morocco", 630.014),       in_2023("MD", "Moldova", 643.464),
    in_2023("ME", "Montenegro", 417.073),    in_2023("MK", "North Macedonia", 565.345),
    in_2023("MM", "Myanmar", 398.898),       in_2023("MN", "Mongolia", 775.309),
    in_2023("MT", "Malta", 459.144),         in_2023("MX", "Mexico", 507.245),
    in_2023("NG", "Nigeria", 523.247),       in_2023("NL", "Netherlands", 267.622),
    in_2023("NO", "Norway", 30.08),          in_2023("NZ", "New Zealand", 112.758),
    in_2023("OM", "Oman", 564.635),          in_2023("PE", "Peru", 266.478),
    in_2023("PH", "Philippines", 610.688),   in_2023("PK", "Pakistan", 440.608),
    in_2023("PL", "Poland", 661.926),        in_2023("PT", "Portugal", 165.553),
    in_2023("PY", "Paraguay", 23.755),       in_2023("QA", "Qatar", 602.5),
    in_2023("RO", "Romania", 240.583),       in_2023("RS", "Serbia", 636.062),
    in_2023("RU", "Russia", 441.039),        in_2023("SE", "Sweden", 40.695),
    in_2023("SG", "Singapore", 470.783),     in_2023("SI", "Slovenia", 231.275),
    in_2023("SK", "Slovakia", 116.774),      in_2023("SV", "El Salvador", 271.468),
    in_2023("TH", "Thailand", 549.583),      in_2023("TN", "Tunisia", 563.956),
    in_2023("TR", "Turkey", 464.586),        in_2023("TW", "Taiwan", 642.378),
    in_2023("US", "United States", 369.473), in_2023("UY", "Uruguay", 128.788),
    in_2023("VN", "Vietnam", 475.449),       in_2023("ZA", "South Africa", 707.686),
};

constexpr char upper_case(char c) {
  return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

}  // namespace

std::span<const CountryIntensity> country_intensities() { return kTable; }

std::string_view country_intensities_source() {
  return "Carbon intensity of electricity generation in 2023 (life cycle, gCO2e/kWh). Our World in "
         "Data, https://ourworldindata.org/grapher/carbon-intensity-electricity, data adapted from "
         "Ember (Yearly Electricity Data) and Energy Institute, as bundled with CodeCarbon 3.3.0. "
         "CC BY 4.0, https://creativecommons.org/licenses/by/4.0/";
}

std::optional<CountryIntensity> find_country_intensity(std::string_view country) {
  const auto found = std::find_if(kTable.begin(), kTable.end(), [&](const CountryIntensity& row) {
    return std::equal(row.country.begin(), row.country.end(), country.begin(), country.end(),
                      [](char ours, char asked) { return ours == upper_case(asked); });
  });
  if (found == kTable.end()) return std::nullopt;
  return *found;
}

}  // namespace turngreen::energy
