#include "energy/account.h"

#include <gtest/gtest.h>

#include <array>
#include <map>
#include <random>

#include "energy/power_signal.h"
#include "energy/scripted_sensor.h"

namespace turngreen::energy {
namespace {

using units::milliseconds;
using units::seconds;

Account::Setup setup_of(std::vector<Domain> domains, units::Duration period = {}) {
  Account::Setup setup;
  setup.domains = std::move(domains);
  setup.sensor_of.assign(setup.domains.size(), 0);
  setup.period = period;
  return setup;
}

void sample(Account& account, double when, std::vector<Reading> readings) {
  const std::array<Instant, 2> times{at(seconds(when)), at(seconds(when))};
  account.sample({times, readings, {}, {}});
}

Mark open(std::uint64_t span, std::uint32_t stage, double when, std::uint64_t track = 1) {
  return {Mark::Kind::open, StageId{stage}, SpanId{span},
          SpanId{},         TrackId{track}, at(seconds(when))};
}
Mark close(std::uint64_t span, double when) {
  return {Mark::Kind::close, StageId{}, SpanId{span}, SpanId{}, TrackId{}, at(seconds(when))};
}

TEST(Account, the_truth_of_random_stages_lies_within_their_bounds) {
  std::mt19937_64 random(11);
  const auto uniform = [&](double low, double high) {
    return std::uniform_real_distribution(low, high)(random);
  };
  constexpr double kRounding = 1e-4;  // whole microjoules, thousands of times
  int inside = 0;
  int stages = 0;
  for (int round = 0; round < 20; ++round) {
    const PowerSignal signal = PowerSignal::bursts(random, 12);
    Domain domain = counter_domain("package-0");
    domain.max_power = units::watts(600);
    Account account(setup_of({domain}));
    account.begin(at(seconds(0)));
    for (std::uint32_t stage = 1; stage <= 5; ++stage)
      account.name(StageId{stage}, std::to_string(stage));
    const double mean_length = uniform(0.002, 0.5);
    std::vector<Mark> marks;
    std::map<std::uint32_t, double> truth;
    std::uint64_t span = 0;
    for (double time = 0.01; time < 9.5;) {
      const double length = uniform(0, 2 * mean_length);
      const auto stage = static_cast<std::uint32_t>(1 + random() % 5);
      marks.push_back(open(++span, stage, time));
      marks.push_back(close(span, time + length));
      truth[stage] += signal.joules(time + length) - signal.joules(time);
      time += length + uniform(0, 0.01);
    }
    std::size_t next = 0;
    for (double time = 0; time < 11; time += 0.1 * uniform(0.7, 1.3)) {
      for (; next < marks.size() && marks[next].time <= at(seconds(time)); ++next)
        account.mark(marks[next]);
      const double updated = std::floor(time * 1000) / 1000;
      sample(account, time,
             {Reading::of(static_cast<std::uint64_t>(signal.joules(updated) * 1e6))});
    }
    account.finish(at(seconds(10.5)));
    for (const StageEnergy& stage : account.statement({}).stages) {
      const double joules = truth.at(static_cast<std::uint32_t>(std::stoul(stage.name)));
      ++stages;
      inside += stage.total.energy->low.in_joules() <= joules + kRounding &&
                joules <= stage.total.energy->high.in_joules() + kRounding;
    }
  }
  EXPECT_EQ(inside, stages);
}

TEST(Account, many_short_spans_between_two_samples_do_not_add_their_bounds_up) {
  Account account(setup_of({counter_domain("package-0")}));
  account.begin(at(seconds(0)));
  for (int tick = 0; tick <= 20; ++tick) {
    for (int i = 0; tick > 0 && i < 100; ++i) {
      const double when = tick * 0.1 - 0.1 + i * 0.001;
      const auto span = static_cast<std::uint64_t>(tick * 1000 + i + 1);
      account.mark(open(span, 1, when));
      account.mark(close(span, when + 0.0005));
    }
    sample(account, tick * 0.1, {Reading::of(static_cast<std::uint64_t>(tick) * 10'000'000)});
  }
  account.finish(at(seconds(2)));
  const Statement statement = account.statement({});
  EXPECT_NEAR(statement.stages[0].total.energy->value.in_joules(), 100, 1);
  EXPECT_LE(statement.stages[0].total.energy->high, statement.total.energy->high);
}

TEST(Account, a_mark_that_comes_after_its_time_was_accounted_is_a_fault_and_counts_from_then) {
  Account account(setup_of({counter_domain("package-0")}));
  account.begin(at(seconds(0)));
  for (int s = 0; s <= 5; ++s)
    sample(account, s, {Reading::of(static_cast<std::uint64_t>(s) * 1'000'000)});
  account.mark(open(1, 1, 1.0));
  for (int s = 6; s <= 10; ++s)
    sample(account, s, {Reading::of(static_cast<std::uint64_t>(s) * 1'000'000)});
  account.mark(close(1, 10.0));
  account.finish(at(seconds(10)));
  const Statement statement = account.statement({});
  ASSERT_EQ(statement.faults.size(), 1U);
  EXPECT_EQ(statement.faults[0].kind, FaultKind::late_mark);
  EXPECT_LT(statement.stages[0].total.energy->value.in_joules(), 7);
  EXPECT_GT(statement.stages[0].total.energy->value.in_joules(), 4);
}

TEST(Account, stages_and_what_is_outside_them_equal_the_total_and_each_has_bounds_of_its_own) {
  Account account(setup_of({counter_domain("package-0")}));
  account.begin(at(seconds(0)));
  account.mark(open(1, 1, 1.0));
  account.mark(close(1, 3.0));
  for (int s = 0; s <= 10; ++s) {
    sample(account, s, {Reading::of(static_cast<std::uint64_t>(s) * 10'000'001)});
  }
  account.finish(at(seconds(9)));
  const Statement statement = account.statement({});
  EXPECT_EQ(statement.outside.time, seconds(7));
  EXPECT_EQ(statement.outside.total.energy->value.in_microjoules() +
                statement.stages[0].total.energy->value.in_microjoules(),
            statement.total.energy->value.in_microjoules());
  EXPECT_GT(statement.outside.total.energy->low.in_joules(), 65);
  EXPECT_LT(statement.outside.total.energy->high.in_joules(), 75);
}

TEST(Account, late_samples_are_told_with_how_long_they_were) {
  Account account(setup_of({counter_domain("package-0")}, milliseconds(100)));
  account.begin(at(seconds(0)));
  sample(account, 0, {Reading::of(0)});
  sample(account, 0.1, {Reading::of(1'000'000)});
  sample(account, 2.1, {Reading::of(20'000'000)});
  account.finish(at(seconds(2.1)));
  const Statement statement = account.statement({});
  ASSERT_EQ(statement.faults.size(), 1U);
  EXPECT_EQ(statement.faults[0].kind, FaultKind::late);
  EXPECT_EQ(statement.faults[0].duration, seconds(2));
  EXPECT_EQ(statement.sampling.longest_gap, seconds(2));
}

TEST(Account, the_total_leaves_out_domains_whose_joules_are_counted_elsewhere) {
  Domain cores = counter_domain("cores-0");
  cores.contained_in = "package-0";
  cores.not_counted_because = "part of package-0";
  Domain model = counter_domain("memory");
  model.source = Source::estimator;
  Account account(setup_of({counter_domain("package-0"), cores, model}));
  account.begin(at(seconds(0)));
  for (std::uint64_t s = 0; s <= 3; ++s) {
    sample(account, static_cast<double>(s),
           {Reading::of(s * 50'000'000), Reading::of(s * 30'000'000), Reading::of(s * 10'000'000)});
  }
  account.finish(at(seconds(2)));
  const Statement statement = account.statement({});
  EXPECT_NEAR(statement.total.energy->value.in_joules(), 120, 0.2);
  EXPECT_NEAR(statement.estimated.in_joules(), 20, 0.1);
}

TEST(Account, a_total_lies_within_its_bounds_to_the_last_digit) {
  Domain first = counter_domain("gpu-0");
  first.quantity = Quantity::power;
  Domain second = first;
  second.name = "gpu-1";
  Account account(setup_of({first, second}));
  account.begin(at(seconds(0)));
  for (int s = 0; s <= 1; ++s) sample(account, s, {Reading::of(2), Reading::of(3)});
  account.finish(at(seconds(1)));
  const units::Bounded<units::Energy> total = *account.statement({}).total.energy;
  EXPECT_EQ(total.value.in_microjoules(), 5);
  EXPECT_LE(total.low, total.value);
  EXPECT_GE(total.high, total.value);
}

TEST(Account, a_domain_without_any_measurement_leaves_the_total_open_upwards) {
  Domain gpu = counter_domain("gpu-0");
  gpu.max_power = units::watts(700);
  Account account(setup_of({counter_domain("package-0"), gpu}));
  account.begin(at(seconds(0)));
  for (std::uint64_t s = 0; s <= 2; ++s) {
    sample(account, static_cast<double>(s), {Reading::of(s * 1'000'000), Reading::missing()});
  }
  account.finish(at(seconds(2)));
  const Statement statement = account.statement({});
  EXPECT_FALSE(statement.domain_totals[1].energy);
  EXPECT_GE(statement.total.energy->high.in_joules(), 1400);
  EXPECT_EQ(statement.total.unmeasured, seconds(2));
}

}  // namespace
}  // namespace turngreen::energy
