#include "energy/cpu_coefficients.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

namespace turngreen::energy {
namespace {

/// A straight line between rest and full load, as the estimator draws it.
double line(units::Power idle, units::Power full, double load) {
  return idle.in_watts() + load * (full.in_watts() - idle.in_watts());
}

/// Between the published loads: linear, as its publishers do.
double interpolated(const std::array<double, 4>& at_0_10_50_100, double load) {
  const auto& [rest, tenth, half, full] = at_0_10_50_100;
  if (load <= 0.1) return rest + (tenth - rest) * load / 0.1;
  if (load <= 0.5) return tenth + (half - tenth) * (load - 0.1) / 0.4;
  return half + (full - half) * (load - 0.5) / 0.5;
}

double codecarbon(double load) { return 0.1 + 0.9 * std::pow(load, 3); }
double teads(double load) { return interpolated({0.12, 0.32, 0.75, 1.02}, load); }
double boavizta(double load) { return interpolated({0.23, 0.42, 0.73, 0.89}, load); }
double carbontracker(double) { return 0.5; }

class CpuCoefficientsOf : public testing::TestWithParam<int> {
 protected:
  CpuCoefficients coefficients() const {
    return cpu_coefficients(static_cast<CpuClass>(GetParam()));
  }
};

TEST_P(CpuCoefficientsOf, are_ordered_at_rest_at_full_load_and_between) {
  const auto c = coefficients();
  for (const auto& range : {c.idle, c.full}) {
    EXPECT_LT(units::Power{}, range.low);
    EXPECT_LT(range.low, range.value);
    EXPECT_LT(range.value, range.high);
  }
  EXPECT_LT(c.idle.low, c.full.low);
  EXPECT_LT(c.idle.value, c.full.value);
  EXPECT_LT(c.idle.high, c.full.high);
  EXPECT_FALSE(c.basis.empty());
}

TEST_P(CpuCoefficientsOf, enclose_every_published_curve_at_every_load) {
  const auto c = coefficients();
  const double full = c.full.value.in_watts();
  for (int percent = 0; percent <= 100; ++percent) {
    const double load = percent / 100.0;
    for (const auto curve : {codecarbon, teads, boavizta, carbontracker}) {
      EXPECT_LE(line(c.idle.low, c.full.low, load), curve(load) * full) << percent << " %";
      EXPECT_GE(line(c.idle.high, c.full.high, load), curve(load) * full) << percent << " %";
    }
  }
}

INSTANTIATE_TEST_SUITE_P(EveryClass, CpuCoefficientsOf,
                         testing::Range(0, static_cast<int>(CpuClass::unknown) + 1));

TEST(CpuCoefficients, at_half_load_the_range_is_at_least_a_fifth_to_three_quarters_of_full_load) {
  const auto c = cpu_coefficients(CpuClass::ice_lake_server);
  EXPECT_LE(line(c.idle.low, c.full.low, 0.5), 0.21 * 3.76);
  EXPECT_GE(line(c.idle.high, c.full.high, 0.5), 0.75 * 3.76);
}

TEST(CpuCoefficients, values_are_the_published_ones) {
  EXPECT_EQ(cpu_coefficients(CpuClass::ice_lake_server).idle.value, units::watts(0.77));
  EXPECT_EQ(cpu_coefficients(CpuClass::ice_lake_server).full.value, units::watts(3.76));
  EXPECT_EQ(cpu_coefficients(CpuClass::epyc_4).full.value, units::watts(2.28));
}

TEST(CpuCoefficients, an_unknown_processor_may_be_any_of_the_known) {
  const auto unknown = cpu_coefficients(CpuClass::unknown);
  for (int i = 0; i < static_cast<int>(CpuClass::unknown); ++i) {
    const auto known = cpu_coefficients(static_cast<CpuClass>(i));
    EXPECT_LE(unknown.idle.low, known.idle.low);
    EXPECT_GE(unknown.idle.high, known.idle.high);
    EXPECT_LE(unknown.full.low, known.full.low);
    EXPECT_GE(unknown.full.high, known.full.high);
  }
}

}  // namespace
}  // namespace turngreen::energy
