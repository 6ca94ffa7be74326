#include "turngreen/explore/told_carbon.h"

#include <gmock/gmock.h>

#include "toy_study.h"

namespace turngreen::explore {
namespace {

using testing::HasSubstr;

study::Trial told(std::vector<knobs::Level> levels, double kilowatt_hours,
                  const std::string& kilograms) {
  auto trial = trial_of(std::move(levels), completed({{"train", 3.6e6 * kilowatt_hours}}, 0.9));
  if (!kilograms.empty()) trial.provenance.emplace_back(kEmissions, kilograms);
  return trial;
}

TEST(ToldCarbon, is_the_mean_of_the_runs_that_tell) {
  const auto found = told_carbon(
      {told({0}, 1, "0.4"), told({0}, 1, "0.42"), told({0}, 1, ""), told({1}, 2, "0.8")});
  EXPECT_FALSE(found.disagreement);
  ASSERT_EQ(found.of.size(), 2U);
  EXPECT_NEAR(found.of.at({{0}}).in_grams(), 410, 1e-9);
  EXPECT_NEAR(found.of.at({{1}}).in_grams(), 800, 1e-9);
}

TEST(ToldCarbon, of_runs_that_were_placed_elsewhere_is_left_out_and_said) {
  const auto found =
      told_carbon({told({0}, 1, "0.682"), told({1}, 1, "0.682"), told({1}, 1, "0.002")});
  EXPECT_TRUE(found.of.empty());
  ASSERT_TRUE(found.disagreement);
  EXPECT_THAT(*found.disagreement, HasSubstr("of 1 runs was told at 2 g/kWh"));
  EXPECT_THAT(*found.disagreement, HasSubstr("of 2 at 682"));
}

TEST(ToldCarbon, what_is_no_number_is_not_told) {
  const auto found = told_carbon({told({0}, 1, "much")});
  EXPECT_TRUE(found.of.empty());
  EXPECT_FALSE(found.disagreement);
}

}  // namespace
}  // namespace turngreen::explore
