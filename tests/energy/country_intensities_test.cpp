#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "turngreen/energy/carbon_intensity.h"

namespace turngreen::energy {
namespace {

using ::testing::HasSubstr;

TEST(CountryIntensities, a_country_is_found_by_its_two_letters) {
  const auto france = find_country_intensity("FR");
  ASSERT_TRUE(france);
  EXPECT_EQ(france->name, "France");
  EXPECT_EQ(france->year, 2023);
  EXPECT_EQ(france->intensity, units::grams_per_kilowatt_hour(56.039));
  EXPECT_EQ(find_country_intensity("de")->name, "Germany");
}

TEST(CountryIntensities, there_is_no_default_country) {
  for (const char* country : {"", "F", "FRA", "XX", "ZZ", "World", "France"}) {
    EXPECT_FALSE(find_country_intensity(country)) << country;
  }
}

TEST(CountryIntensities, are_ordered_by_country_each_once) {
  const auto table = country_intensities();
  EXPECT_EQ(std::adjacent_find(table.begin(), table.end(),
                               [](const CountryIntensity& a, const CountryIntensity& b) {
                                 return a.country >= b.country;
                               }),
            table.end());
}

TEST(CountryIntensities, are_found_under_their_own_code_and_lie_between_hydropower_and_lignite) {
  ASSERT_GE(country_intensities().size(), 60u);
  for (const CountryIntensity& row : country_intensities()) {
    EXPECT_EQ(find_country_intensity(row.country)->name, row.name);
    EXPECT_GT(row.intensity, units::grams_per_kilowatt_hour(10)) << row.name;
    EXPECT_LT(row.intensity, units::grams_per_kilowatt_hour(1000)) << row.name;
  }
}

TEST(CountryIntensities, the_source_names_its_authors_year_and_licence) {
  for (const char* part : {"Our World in Data", "Ember", "2023", "CC BY 4.0", "life cycle"}) {
    EXPECT_THAT(std::string(country_intensities_source()), HasSubstr(part));
  }
}

}  // namespace
}  // namespace turngreen::energy
