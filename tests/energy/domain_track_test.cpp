#include "energy/domain_track.h"

#include <gtest/gtest.h>

#include <limits>

#include "energy/scripted_sensor.h"

namespace turngreen::energy {
namespace {

using units::milliseconds;
using units::seconds;

std::optional<FaultKind> observe(DomainTrack& track, units::Duration when, Reading reading,
                                 bool suspended = false) {
  return track.observe(
      {at(when), at(when) + units::microseconds(3), reading, suspended, std::nullopt});
}

std::int64_t reached(const DomainTrack& track) { return track.curve().last().reached.value; }

Domain wrapping(std::uint64_t range) {
  Domain domain = counter_domain("package-0");
  domain.wraps_at = range;
  return domain;
}

TEST(DomainTrack, a_counter_that_wraps_adds_the_joules_up_to_its_range_then_those_from_zero) {
  DomainTrack track(wrapping(262'143'328'850));
  observe(track, seconds(0), Reading::of(262'143'328'750));
  EXPECT_EQ(observe(track, seconds(1), Reading::of(50)), FaultKind::wrap);
  EXPECT_EQ(reached(track), 150);
  EXPECT_FALSE(track.curve().last().hole_before);
}

TEST(DomainTrack, a_counter_that_may_have_wrapped_more_than_once_is_not_guessed) {
  DomainTrack track(wrapping(65'532'610'987));
  observe(track, seconds(0), Reading::of(100));
  EXPECT_EQ(observe(track, seconds(600), Reading::of(5'000)), FaultKind::late);
  EXPECT_EQ(reached(track), 0);
  EXPECT_TRUE(track.curve().last().hole_before);
}

TEST(DomainTrack, a_reset_counts_what_came_after_it_and_marks_the_gap) {
  DomainTrack track(counter_domain("gpu-0"));
  observe(track, seconds(0), Reading::of(900'000'000'000));
  EXPECT_EQ(observe(track, seconds(1), Reading::of(2'000'000)), FaultKind::reset);
  EXPECT_EQ(reached(track), 2'000'000);
  EXPECT_TRUE(track.curve().last().hole_before);
  EXPECT_EQ(observe(track, seconds(2), Reading::of(3'000'000)), std::nullopt);
  EXPECT_EQ(reached(track), 3'000'000);
}

TEST(DomainTrack, a_dip_is_backward_and_its_joules_are_not_counted_twice) {
  DomainTrack track(counter_domain("gpu-0"));
  observe(track, seconds(0), Reading::of(900'000'000'000));
  EXPECT_EQ(observe(track, seconds(1), Reading::of(899'999'000'000)), FaultKind::backward);
  observe(track, seconds(2), Reading::of(900'001'500'000));
  EXPECT_EQ(reached(track), 1'500'000);
}

TEST(DomainTrack, a_jump_beyond_the_greatest_power_is_implausible) {
  DomainTrack track(counter_domain("gpu-0"));
  observe(track, seconds(0), Reading::of(1));
  EXPECT_EQ(observe(track, seconds(1), Reading::of(std::uint64_t{1} << 63U)),
            FaultKind::implausible);
  EXPECT_EQ(reached(track), 0);
}

TEST(DomainTrack, an_estimate_whose_lower_bound_jumps_beyond_the_greatest_power_is_implausible) {
  Domain domain = counter_domain("package-0");
  domain.source = Source::estimator;
  DomainTrack track(domain);
  const std::uint64_t much = std::uint64_t{1} << 62U;
  observe(track, seconds(0), {Reading::State::ok, much, 0, much});
  EXPECT_EQ(observe(track, seconds(1), {Reading::State::ok, much + 10, much, much + 10}),
            FaultKind::implausible);
  EXPECT_EQ(track.curve().last().reached.low, 0);
}

TEST(DomainTrack, an_unchanging_counter_is_stuck_after_two_seconds_and_unmeasured_from_then) {
  DomainTrack track(counter_domain("gpu-0"));
  observe(track, seconds(0), Reading::of(500));
  EXPECT_EQ(observe(track, seconds(1), Reading::of(500)), std::nullopt);
  EXPECT_EQ(observe(track, seconds(3), Reading::of(500)), FaultKind::stuck);
  EXPECT_TRUE(track.curve().last().hole_before);
}

TEST(DomainTrack, a_domain_that_may_rest_is_never_stuck) {
  Domain domain = counter_domain("uncore-0");
  domain.always_draws = false;
  DomainTrack track(domain);
  observe(track, seconds(0), Reading::of(500));
  EXPECT_EQ(observe(track, seconds(9), Reading::of(500)), std::nullopt);
  EXPECT_FALSE(track.curve().last().hole_before);
}

TEST(DomainTrack, vanished_and_denied_are_told_apart_and_reading_resumes_without_the_gap) {
  DomainTrack track(counter_domain("gpu-0"));
  observe(track, seconds(0), Reading::of(1'000'000));
  EXPECT_EQ(observe(track, seconds(1), Reading::missing()), FaultKind::vanished);
  EXPECT_EQ(observe(track, seconds(2), Reading::denied()), FaultKind::denied);
  EXPECT_EQ(observe(track, seconds(3), Reading::of(9'000'000)), std::nullopt);
  EXPECT_EQ(reached(track), 0);
  observe(track, seconds(4), Reading::of(10'000'000));
  EXPECT_EQ(reached(track), 1'000'000);
}

TEST(DomainTrack, joules_of_a_suspend_are_not_counted) {
  DomainTrack track(counter_domain("package-0"));
  observe(track, seconds(0), Reading::of(0));
  EXPECT_EQ(observe(track, seconds(1), Reading::of(5'000'000), true), FaultKind::suspended);
  EXPECT_EQ(reached(track), 0);
  EXPECT_TRUE(track.curve().last().hole_before);
}

TEST(DomainTrack, power_is_integrated_by_the_trapezoid_rule_between_its_extremes) {
  Domain domain = counter_domain("gpu-0-power");
  domain.quantity = Quantity::power;
  DomainTrack track(domain);
  observe(track, seconds(0), {Reading::State::ok, 100'000'000, 95'000'000, 105'000'000});
  observe(track, seconds(1), {Reading::State::ok, 200'000'000, 190'000'000, 210'000'000});
  const Cumulative energy = track.curve().last().reached;
  EXPECT_EQ(energy.value, 150'000'000);
  EXPECT_EQ(energy.low, 95'000'000);
  EXPECT_EQ(energy.high, 210'000'000);
}

TEST(DomainTrack, power_over_a_long_gap_is_not_made_up) {
  Domain domain = counter_domain("gpu-0-power");
  domain.quantity = Quantity::power;
  DomainTrack track(domain);
  observe(track, seconds(0), Reading::of(100'000'000));
  EXPECT_EQ(observe(track, seconds(60), Reading::of(100'000'000)), FaultKind::late);
  EXPECT_EQ(reached(track), 0);
}

TEST(DomainTrack, a_power_beyond_the_greatest_never_begins_a_trapezoid) {
  Domain domain = counter_domain("gpu-0-power");
  domain.quantity = Quantity::power;
  const Reading beyond = Reading::of(std::numeric_limits<std::uint64_t>::max());
  const Reading plausible = Reading::of(100'000'000);
  DomainTrack from_start(domain);
  EXPECT_EQ(observe(from_start, seconds(0), beyond), FaultKind::implausible);
  EXPECT_EQ(observe(from_start, seconds(1), plausible), std::nullopt);
  EXPECT_EQ(reached(from_start), 0);
  EXPECT_TRUE(from_start.curve().last().hole_before);

  DomainTrack after_a_gap(domain);
  observe(after_a_gap, seconds(0), plausible);
  EXPECT_EQ(observe(after_a_gap, seconds(60), beyond), FaultKind::implausible);
  observe(after_a_gap, seconds(61), plausible);
  EXPECT_EQ(reached(after_a_gap), 0);

  DomainTrack after_a_suspend(domain);
  observe(after_a_suspend, seconds(0), plausible);
  EXPECT_EQ(observe(after_a_suspend, seconds(1), beyond, true), FaultKind::implausible);
  observe(after_a_suspend, seconds(2), plausible);
  EXPECT_EQ(reached(after_a_suspend), 0);
}

TEST(DomainTrack, fractional_units_do_not_drift) {
  Domain domain = counter_domain("package-0");
  domain.unit = {1'000'000, std::uint64_t{1} << 32U};  // perf: 2^-32 J
  DomainTrack track(domain);
  std::uint64_t raw = 12'345;
  observe(track, seconds(0), Reading::of(raw));
  for (int i = 1; i <= 1000; ++i)
    observe(track, milliseconds(i * 10), Reading::of(raw += 429'496'729));
  EXPECT_EQ(reached(track), 429'496'729LL * 1000 * 1'000'000 / (1LL << 32U));
}

TEST(DomainTrack, a_share_scales_what_is_counted_and_its_coarseness_widens_the_bounds) {
  DomainTrack track(counter_domain("package-0"));
  const auto seen = [&](units::Duration when, std::uint64_t counter, units::Duration tree,
                        units::Duration whole) {
    track.observe({at(when), at(when), Reading::of(counter), false,
                   ShareReading{true, tree, whole, milliseconds(10), milliseconds(10)}});
  };
  seen(seconds(0), 0, seconds(0), seconds(0));
  seen(seconds(1), 100'000'000, milliseconds(500), seconds(2));
  EXPECT_EQ(reached(track), 25'000'000);
  EXPECT_LT(track.curve().last().reached.low, 25'000'000);
  EXPECT_GT(track.curve().last().reached.high, 25'000'000);
}

TEST(DomainTrack, an_unknown_share_is_unmeasured) {
  DomainTrack track(counter_domain("gpu-0"));
  for (int s = 0; s < 2; ++s) {
    track.observe({at(seconds(s)), at(seconds(s)),
                   Reading::of(static_cast<std::uint64_t>(s) * 1000), false, ShareReading{}});
  }
  EXPECT_TRUE(track.curve().last().hole_before);
}

}  // namespace
}  // namespace turngreen::energy
