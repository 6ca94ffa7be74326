#include "turngreen/energy/meter.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>

#include "energy/scripted_sensor.h"
#include "turngreen/energy/scoped_span.h"

namespace turngreen::energy {
namespace {

using units::milliseconds;
using units::seconds;

/// A meter by hand over one counter whose value the test sets in microjoules.
class HandMeter : public testing::Test {
 protected:
  HandMeter() {
    auto sensor = std::make_unique<ScriptedSensor>();
    sensor->add(counter_domain("package-0"), [this] { return reading_; });
    meter_ = std::make_unique<Meter>(sensors(std::move(sensor)),
                                     MeterOptions{.sampling = Sampling::by_hand});
  }
  void sample(units::Duration when, std::uint64_t microjoules) {
    reading_ = Reading::of(microjoules);
    meter_->sample(at(when));
  }
  SpanId open(const char* stage, units::Duration when, SpanId parent = {},
              TrackId track = TrackId{1}) {
    return meter_->open_at(meter_->stage(stage), track, parent, at(when));
  }
  static const StageEnergy& find(const Statement& statement, std::string_view name) {
    for (const auto& stage : statement.stages) {
      if (stage.name == name) return stage;
    }
    throw std::runtime_error("no stage " + std::string(name));
  }

  Reading reading_;
  std::unique_ptr<Meter> meter_;
};

TEST_F(HandMeter, counts_the_difference_of_a_counter_between_begin_and_finish) {
  sample(seconds(0), 1'000'000);
  sample(seconds(1), 6'000'000);
  const Statement statement = meter_->finish(at(seconds(1)));
  ASSERT_TRUE(statement.total.energy);
  EXPECT_EQ(statement.total.energy->value.in_microjoules(), 5'000'000);
  EXPECT_LE(statement.total.energy->low, statement.total.energy->value);
  EXPECT_GE(statement.total.energy->high, statement.total.energy->value);
  EXPECT_EQ(statement.time(), seconds(1));
}

TEST_F(HandMeter, a_span_between_samples_is_interpolated_and_carries_bounds) {
  sample(seconds(0), 0);
  const SpanId span = open("train", milliseconds(250));
  meter_->close_at(span, at(milliseconds(750)));
  sample(seconds(1), 10'000'000);
  sample(seconds(2), 10'000'001);
  const Statement statement = meter_->finish(at(seconds(2)));
  const auto& energy = *find(statement, "train").total.energy;
  EXPECT_NEAR(energy.value.in_joules(), 5.0, 0.01);
  EXPECT_EQ(energy.low.in_joules(), 0.0);
  EXPECT_NEAR(energy.high.in_joules(), 10.0, 1.1);
}

TEST_F(HandMeter, children_and_own_add_up_to_the_parent_to_the_last_microjoule) {
  sample(seconds(0), 7);
  const SpanId parent = open("epoch", milliseconds(100));
  std::uint64_t counter = 7;
  for (int i = 0; i < 7; ++i) {
    const auto begin = milliseconds(100.0 + i * 130);
    const SpanId child = open("step", begin);
    meter_->close_at(child, at(begin + milliseconds(77.7)));
    counter += 1'234'567;
    sample(milliseconds(200.0 + i * 130), counter);
  }
  meter_->close_at(parent, at(milliseconds(1000)));
  sample(seconds(2), counter + 99);
  sample(seconds(3), counter + 100);
  const Statement statement = meter_->finish(at(seconds(3)));
  const auto& epoch = find(statement, "epoch");
  const auto& step = find(statement, "step");
  EXPECT_EQ(step.count, 7U);
  EXPECT_EQ(*step.parent, 0U);
  EXPECT_EQ(
      epoch.total.energy->value.in_microjoules(),
      epoch.own[0].energy->value.in_microjoules() + step.total.energy->value.in_microjoules());
  EXPECT_GT(step.total.energy->value, units::joules(0));
}

TEST_F(HandMeter, stages_running_at_once_share_the_energy_of_that_time) {
  sample(seconds(0), 0);
  const SpanId a = open("a", seconds(0), {}, TrackId{1});
  const SpanId b = open("b", seconds(1), {}, TrackId{2});
  meter_->close_at(a, at(seconds(2)));
  meter_->close_at(b, at(seconds(3)));
  for (int s = 1; s <= 4; ++s) sample(seconds(s), static_cast<std::uint64_t>(s) * 10'000'000);
  const Statement statement = meter_->finish(at(seconds(3)));
  EXPECT_NEAR(find(statement, "a").total.energy->value.in_joules(), 15.0, 0.02);
  EXPECT_NEAR(find(statement, "b").total.energy->value.in_joules(), 15.0, 0.02);
  EXPECT_NEAR(statement.total.energy->value.in_joules(), 30.0, 0.02);
}

TEST_F(HandMeter, a_span_that_outlives_its_parent_goes_on_outside_it) {
  sample(seconds(0), 0);
  const SpanId outer = open("outer", seconds(0));
  const SpanId inner = open("inner", seconds(1));
  meter_->close_at(outer, at(seconds(2)));
  meter_->close_at(inner, at(seconds(3)));
  for (int s = 1; s <= 4; ++s) sample(seconds(s), static_cast<std::uint64_t>(s) * 10'000'000);
  const Statement statement = meter_->finish(at(seconds(4)));
  EXPECT_NEAR(find(statement, "outer").total.energy->value.in_joules(), 20.0, 0.02);
  double inner_joules = 0;
  std::uint64_t inner_count = 0;
  for (const auto& stage : statement.stages) {
    if (stage.name != "inner") continue;
    inner_joules += stage.total.energy->value.in_joules();
    inner_count += stage.count;
  }
  EXPECT_NEAR(inner_joules, 20.0, 0.02);
  EXPECT_EQ(inner_count, 1U);
}

TEST_F(HandMeter, a_stage_that_never_ends_counts_up_to_the_end_and_is_named) {
  sample(seconds(0), 0);
  open("forever", milliseconds(500));
  sample(seconds(1), 10'000'000);
  sample(seconds(2), 20'000'000);
  const Statement statement = meter_->finish(at(seconds(2)));
  const auto& stage = find(statement, "forever");
  EXPECT_TRUE(stage.open_at_end);
  EXPECT_EQ(stage.time, milliseconds(1500));
  ASSERT_EQ(statement.faults.size(), 1U);
  EXPECT_EQ(statement.faults[0].kind, FaultKind::unmatched);
  EXPECT_EQ(statement.faults[0].subject, "forever");
}

TEST_F(HandMeter, closing_an_unknown_span_is_a_fault_and_nothing_else) {
  sample(seconds(0), 0);
  meter_->close_at(SpanId{12345}, at(milliseconds(1)));
  sample(seconds(1), 10);
  const Statement statement = meter_->finish(at(seconds(1)));
  ASSERT_EQ(statement.faults.size(), 1U);
  EXPECT_EQ(statement.faults[0].kind, FaultKind::unmatched);
}

TEST_F(HandMeter, a_vanished_sensor_leaves_its_time_unmeasured_and_its_bounds_open) {
  sample(seconds(0), 0);
  sample(seconds(1), 10'000'000);
  reading_ = Reading::missing();
  meter_->sample(at(seconds(2)));
  meter_->sample(at(seconds(3)));
  const Statement statement = meter_->finish(at(seconds(3)));
  EXPECT_NEAR(statement.total.energy->value.in_joules(), 10.0, 0.01);
  EXPECT_EQ(statement.total.unmeasured, seconds(2));
  EXPECT_GE(statement.total.energy->high.in_joules(), 10.0 + 2 * 1000);
  ASSERT_EQ(statement.faults.size(), 1U);
  EXPECT_EQ(statement.faults[0].kind, FaultKind::vanished);
  EXPECT_EQ(statement.faults[0].duration, seconds(2));
}

TEST_F(HandMeter, a_stage_within_unmeasured_time_has_no_energy_rather_than_zero) {
  sample(seconds(0), 0);
  sample(seconds(1), 10'000'000);
  const SpanId span = open("lost", milliseconds(1200));
  meter_->close_at(span, at(milliseconds(1800)));
  reading_ = Reading::denied();
  meter_->sample(at(seconds(2)));
  const Statement statement = meter_->finish(at(seconds(2)));
  EXPECT_FALSE(find(statement, "lost").total.energy);
  EXPECT_EQ(find(statement, "lost").total.unmeasured, milliseconds(600));
}

TEST_F(HandMeter, a_counter_that_never_moved_within_the_window_measured_nothing) {
  sample(seconds(0), 42);
  sample(milliseconds(1), 42);
  const Statement statement = meter_->finish(at(milliseconds(1)));
  EXPECT_FALSE(statement.total.energy);
}

TEST_F(HandMeter, begin_leaves_out_what_came_before) {
  sample(seconds(0), 0);
  meter_->begin(at(seconds(1)));
  for (int s = 1; s <= 3; ++s) sample(seconds(s), static_cast<std::uint64_t>(s) * 10'000'000);
  const Statement statement = meter_->finish(at(seconds(3)));
  EXPECT_NEAR(statement.total.energy->value.in_joules(), 20.0, 0.02);
}

TEST(Meter, refuses_a_period_out_of_range_and_no_sensors) {
  EXPECT_THROW(Meter({}, {}), std::invalid_argument);
  auto sensor = std::make_unique<ScriptedSensor>();
  sensor->add(counter_domain("package-0"), [] { return Reading::of(0); });
  EXPECT_THROW(Meter(sensors(std::move(sensor)), {.period = units::microseconds(10)}),
               std::invalid_argument);
}

TEST(Meter, samples_on_its_own_thread_and_prices_scoped_spans) {
  auto sensor = std::make_unique<ScriptedSensor>();
  sensor->add(counter_domain("package-0"), [] {
    return Reading::of(static_cast<std::uint64_t>(Instant::now().in_nanoseconds()) / 100);  // 10 W
  });
  Meter meter(sensors(std::move(sensor)), {.period = milliseconds(1)});
  {
    const ScopedSpan span(meter, "work");
    const Instant begin = Instant::now();
    while (Instant::now() - begin < milliseconds(30)) {
    }
  }
  const Statement statement = meter.finish();
  ASSERT_EQ(statement.stages.size(), 1U);
  const auto& work = statement.stages[0];
  EXPECT_EQ(work.name, "work");
  ASSERT_TRUE(work.total.energy);
  const double expected = 10.0 * work.time.in_seconds();
  EXPECT_LE(work.total.energy->low.in_joules(), expected);
  EXPECT_GE(work.total.energy->high.in_joules(), expected);
  EXPECT_GT(statement.sampling.samples, 5U);
}

TEST(Meter, a_forked_child_neither_hangs_nor_counts) {
  auto sensor = std::make_unique<ScriptedSensor>();
  sensor->add(counter_domain("package-0"), [n = 0U]() mutable { return Reading::of(n += 1000); });
  auto meter =
      std::make_unique<Meter>(sensors(std::move(sensor)), MeterOptions{.period = milliseconds(1)});
  const pid_t child = ::fork();
  if (child == 0) {
    for (int i = 0; i < 100'000; ++i) meter->close(meter->open("child"));
    const bool nothing = meter->finish().stages.empty();
    meter.reset();
    ::_exit(nothing ? 0 : 1);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0);
  meter->close(meter->open("parent"));
  const Statement statement = meter->finish();
  ASSERT_EQ(statement.stages.size(), 1U);
  EXPECT_EQ(statement.stages[0].name, "parent");
}

}  // namespace
}  // namespace turngreen::energy
