#include "cli/figures.h"

#include <gmock/gmock.h>

#include "report/sample_measurement.h"
#include "report/scratch_directory.h"

namespace turngreen::cli {
namespace {

using testing::HasSubstr;

TEST(Figures, a_bare_number_is_grams_per_kilowatt_hour) {
  auto m = report::sample_measurement();
  const auto source = parse_carbon_source("360");
  ASSERT_TRUE(source) << source.error().message;
  ASSERT_TRUE(add_carbon(m, *source));
  EXPECT_DOUBLE_EQ(m.carbon->carbon.value.in_grams(), 0.0120000001);
  EXPECT_LT(m.carbon->carbon.low, m.carbon->carbon.value);
  EXPECT_GT(m.carbon->carbon.high, m.carbon->carbon.value);
  EXPECT_THAT(m.carbon->basis, HasSubstr("given"));
}

TEST(Figures, a_country_comes_with_its_year_and_source) {
  const auto source = parse_carbon_source("fr");
  ASSERT_TRUE(source) << source.error().message;
  EXPECT_EQ(source->country_name, "France");
  EXPECT_THAT(source->basis, HasSubstr("Ember"));
}

TEST(Figures, a_country_that_is_not_in_the_table_is_no_default) {
  const auto source = parse_carbon_source("zz");
  ASSERT_FALSE(source);
  EXPECT_THAT(source.error().message, HasSubstr("no country ZZ"));
}

TEST(Figures, nonsense_names_the_three_things_it_may_be) {
  const auto source = parse_carbon_source("green");
  ASSERT_FALSE(source);
  EXPECT_THAT(source.error().message, HasSubstr("country"));
  EXPECT_THAT(source.error().message, HasSubstr("Electricity Maps"));
}

TEST(Figures, a_series_that_does_not_cover_the_run_leaves_carbon_out) {
  const report::ScratchDirectory scratch;
  report::write_file(scratch / "series.csv",
                     "Datetime (UTC),Zone id,Carbon intensity gCO₂eq/kWh (Life cycle)\n"
                     "2025-06-15 14:00:00,FR,20\n2025-06-15 15:00:00,FR,30\n");
  const auto source = parse_carbon_source((scratch / "series.csv").string());
  ASSERT_TRUE(source) << source.error().message;
  auto m = report::sample_measurement();  // 2025-06-15 15:06:40 UTC
  ASSERT_TRUE(add_carbon(m, *source));
  EXPECT_NEAR(m.carbon->carbon.value.in_grams(), 120.0 / 3.6e6 * 30, 1e-9);

  m.carbon.reset();
  m.started_unix_ns += 86'400'000'000'000;
  const auto added = add_carbon(m, *source);
  ASSERT_FALSE(added);
  EXPECT_THAT(added.error().message, HasSubstr("does not cover the run"));
  EXPECT_FALSE(m.carbon);
}

TEST(Figures, without_measured_energy_there_is_neither_carbon_nor_cost) {
  auto m = report::sample_measurement();
  m.energy.total.energy.reset();
  ASSERT_TRUE(add_carbon(m, *parse_carbon_source("360")));
  add_cost(m, units::price_per_kilowatt_hour(units::Money(0.3, units::Currency("EUR"))));
  EXPECT_FALSE(m.carbon);
  EXPECT_FALSE(m.cost);
}

TEST(Figures, cost_has_the_bounds_of_the_energy) {
  auto m = report::sample_measurement();
  add_cost(m, units::price_per_kilowatt_hour(units::Money(3.6, units::Currency("EUR"))));
  EXPECT_DOUBLE_EQ(m.cost->cost.low.amount(), 109e-6);
  EXPECT_DOUBLE_EQ(m.cost->cost.high.amount(), 141e-6);
}

}  // namespace
}  // namespace turngreen::cli
