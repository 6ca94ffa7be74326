#include "turngreen/energy/step_probe.h"

#include <gtest/gtest.h>

#include <functional>
#include <utility>
#include <vector>

#include "turngreen/energy/instant.h"

namespace turngreen::energy {
namespace {

/// One domain whose reading is a function of the time since it was made.
class SignalSensor final : public Sensor {
 public:
  SignalSensor(Domain domain, std::function<Reading(units::Duration)> signal)
      : domains_{std::move(domain)}, signal_(std::move(signal)), start_(Instant::now()) {}

  std::span<const Domain> domains() const override { return domains_; }
  void read(std::span<Reading> out) noexcept override { out[0] = signal_(Instant::now() - start_); }

 private:
  std::vector<Domain> domains_;
  std::function<Reading(units::Duration)> signal_;
  Instant start_;
};

std::uint64_t whole_milliseconds(units::Duration time) {
  return static_cast<std::uint64_t>(time.in_nanoseconds() / 1'000'000);
}

ObservedStep observe(Domain domain, std::function<Reading(units::Duration)> signal) {
  SignalSensor sensor(std::move(domain), std::move(signal));
  return observe_steps(sensor, units::milliseconds(30)).at(0);
}

TEST(StepProbe, sees_how_often_and_by_how_much_a_counter_steps) {
  // 50 mJ each millisecond: 50 W.
  const ObservedStep step = observe(
      {}, [](units::Duration time) { return Reading::of(whole_milliseconds(time) * 50'000); });
  EXPECT_GT(step.reads, step.changes);
  ASSERT_GE(step.changes, 3U);
  EXPECT_LE(step.changes, 30U);
  ASSERT_TRUE(step.period);
  EXPECT_GT(*step.period, units::microseconds(500));
  // A busy machine may miss steps, never see smaller ones.
  EXPECT_GE(step.smallest->in_microjoules(), 50'000);
  EXPECT_NEAR(step.mean_power->in_watts(), 50, 25);
  EXPECT_GT(step.read_time, units::nanoseconds(0));
}

TEST(StepProbe, converts_raw_units_and_unwraps) {
  Domain domain;
  domain.unit = {2, 1};
  domain.wraps_at = 4;
  const ObservedStep step = observe(domain, [n = std::uint64_t{0}](units::Duration) mutable {
    return Reading::of(n++ % 2 == 0 ? 3
                                    : 1);  // 1 to 3 is 2; 3 to 1 over the range of 4 is 2 as well
  });
  EXPECT_EQ(step.smallest->in_microjoules(), 4);
  EXPECT_TRUE(step.mean_power);
}

TEST(StepProbe, a_counter_that_stands_still_has_no_period_and_no_power) {
  const ObservedStep step = observe({}, [](units::Duration) { return Reading::of(7); });
  EXPECT_GT(step.reads, 0U);
  EXPECT_EQ(step.changes, 0U);
  EXPECT_FALSE(step.period);
  EXPECT_FALSE(step.smallest);
  EXPECT_FALSE(step.mean_power);
}

TEST(StepProbe, a_counter_that_goes_back_has_no_mean_power) {
  const ObservedStep step = observe({}, [n = std::uint64_t{1000}](units::Duration) mutable {
    return Reading::of(n > 0 ? --n : 0);
  });
  EXPECT_GT(step.changes, 0U);
  EXPECT_FALSE(step.smallest);
  EXPECT_FALSE(step.mean_power);
}

TEST(StepProbe, the_power_of_a_power_sensor_is_the_mean_of_its_readings) {
  Domain domain;
  domain.quantity = Quantity::power;
  const ObservedStep step =
      observe(domain, [](units::Duration) { return Reading::of(12'000'000); });
  EXPECT_DOUBLE_EQ(step.mean_power->in_watts(), 12);
  EXPECT_FALSE(step.smallest);
}

TEST(StepProbe, failed_reads_do_not_count) {
  const ObservedStep step = observe({}, [](units::Duration) { return Reading::missing(); });
  EXPECT_EQ(step.reads, 0U);
  EXPECT_FALSE(step.mean_power);
}

TEST(StepProbe, a_budget_of_nothing_reads_nothing) {
  SignalSensor sensor({}, [](units::Duration) { return Reading::of(1); });
  EXPECT_EQ(observe_steps(sensor, units::nanoseconds(0)).at(0).reads, 0U);
}

}  // namespace
}  // namespace turngreen::energy
