#include "turngreen/energy/estimator.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <thread>

#include "energy/fake_sysfs.h"
#include "turngreen/energy/instant.h"

namespace turngreen::energy {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using units::watts;

constexpr units::Bounded<units::Power> kNothing{};

/// /proc with two processors; `busy_ticks` hundredths of a second of user time.
class FakeProc {
 public:
  FakeProc() {
    set_busy(1000);
    tree_.write("meminfo", "MemTotal: 8388608 kB");
  }
  void set_busy(int ticks) {
    const auto times = std::to_string(ticks) + " 0 0 5000 0 0 0 0 0 0\n";
    tree_.write("stat", "cpu  " + times + "cpu0 " + times + "cpu1 " + times);
  }
  FakeSysfs& tree() { return tree_; }
  const std::filesystem::path& root() const { return tree_.root(); }

 private:
  FakeSysfs tree_;
};

/// Longer than the estimator keeps a reading of /proc/stat.
void let_a_tick_pass() { std::this_thread::sleep_for(std::chrono::milliseconds(10)); }

std::vector<Reading> read(Estimator& estimator) {
  std::vector<Reading> readings(estimator.domains().size());
  estimator.read(readings);
  return readings;
}

std::unique_ptr<Estimator> open(const EstimatorOptions& options, const FakeProc& proc) {
  auto opened = Estimator::open(options, proc.root());
  if (!opened) throw std::runtime_error(opened.error().message);
  return std::move(*opened);
}

TEST(Estimator, models_cpu_and_memory_and_marks_both_estimated) {
  const FakeProc proc;
  const auto estimator = open({}, proc);
  ASSERT_EQ(estimator->domains().size(), 2U);
  const Domain& cpu = estimator->domains()[0];
  const Domain& memory = estimator->domains()[1];
  EXPECT_EQ(cpu.name, "cpu");
  EXPECT_EQ(cpu.kind, DomainKind::package);
  EXPECT_EQ(memory.name, "memory");
  EXPECT_EQ(memory.kind, DomainKind::dram);
  for (const auto& domain : estimator->domains()) {
    EXPECT_TRUE(domain.estimated());
    EXPECT_TRUE(domain.counted());
    EXPECT_EQ(domain.quantity, Quantity::energy);
  }
}

TEST(Estimator, what_is_measured_elsewhere_is_left_away) {
  const FakeProc proc;
  EstimatorOptions options;
  options.cpu = false;
  const auto estimator = open(options, proc);
  ASSERT_EQ(estimator->domains().size(), 1U);
  EXPECT_EQ(estimator->domains()[0].name, "memory");
  EXPECT_EQ(read(*estimator).size(), 1U);
}

TEST(Estimator, busy_time_costs_the_difference_of_full_load_and_rest) {
  FakeProc proc;
  EstimatorOptions options;
  options.memory = false;
  options.idle_per_cpu = kNothing;
  options.full_per_cpu = {watts(4), watts(3), watts(6)};
  const auto estimator = open(options, proc);
  EXPECT_EQ(read(*estimator)[0], Reading::of(0));
  proc.set_busy(1050);
  let_a_tick_pass();
  EXPECT_EQ(read(*estimator)[0], (Reading{Reading::State::ok, 2'000'000, 1'500'000, 3'000'000}));
}

TEST(Estimator, rest_costs_time_on_every_logical_cpu) {
  const FakeProc proc;
  EstimatorOptions options;
  options.memory = false;
  options.idle_per_cpu = {watts(100), watts(50), watts(200)};
  options.full_per_cpu = {watts(300), watts(300), watts(300)};
  const Instant before_open = Instant::now();
  const auto estimator = open(options, proc);
  const Instant opened = Instant::now();
  let_a_tick_pass();
  const Instant before_read = Instant::now();
  const auto reading = read(*estimator)[0];
  const auto longest = Instant::now() - before_open;
  const auto shortest = before_read - opened;
  const auto microjoules = [](units::Power p, units::Duration t) {
    return static_cast<std::uint64_t>((p * t).in_joules() * 1e6);
  };
  EXPECT_GE(reading.value, microjoules(watts(200), shortest));
  EXPECT_LE(reading.value, microjoules(watts(200), longest));
  EXPECT_NEAR(static_cast<double>(reading.low), static_cast<double>(reading.value) / 2, 2);
  EXPECT_NEAR(static_cast<double>(reading.high), static_cast<double>(reading.value) * 2, 2);
}

TEST(Estimator, never_goes_back_when_the_kernels_busy_time_does) {
  FakeProc proc;
  EstimatorOptions options;
  options.memory = false;
  options.idle_per_cpu = kNothing;
  options.full_per_cpu = units::Bounded<units::Power>::exactly(watts(1));
  const auto estimator = open(options, proc);
  proc.set_busy(1100);
  let_a_tick_pass();
  EXPECT_EQ(read(*estimator)[0].value, 1'000'000U);
  proc.set_busy(1099);
  let_a_tick_pass();
  EXPECT_EQ(read(*estimator)[0].value, 1'000'000U);
}

TEST(Estimator, an_unreadable_stat_is_missing_and_leaves_the_memory_alone) {
  FakeProc proc;
  const auto estimator = open({}, proc);
  proc.tree().write("stat", "");
  let_a_tick_pass();
  const auto readings = read(*estimator);
  EXPECT_EQ(readings[0], Reading::missing());
  EXPECT_EQ(readings[1].state, Reading::State::ok);
}

TEST(Estimator, low_value_and_high_are_ordered_and_within_what_the_domain_says_it_can_draw) {
  const FakeProc proc;
  const auto estimator = open({}, proc);
  const auto first = read(*estimator);
  const Instant then = Instant::now();
  let_a_tick_pass();
  const auto second = read(*estimator);
  const auto gap = Instant::now() - then;
  for (std::size_t i = 0; i < second.size(); ++i) {
    EXPECT_LT(second[i].low, second[i].value);
    EXPECT_LT(second[i].value, second[i].high);
    const auto& domain = estimator->domains()[i];
    const double most = (domain.max_power * (gap + domain.step)).in_joules() * 1e6;
    EXPECT_LE(static_cast<double>(second[i].high - first[i].high), most);
  }
}

TEST(Estimator, the_memory_follows_its_size) {
  const FakeProc proc;
  EstimatorOptions options;
  options.cpu = false;
  EXPECT_THAT(open(options, proc)->basis(),
              ElementsAre(AllOf(HasSubstr("8.0 GiB"), HasSubstr("2.3 to 10"))));
}

TEST(Estimator, the_basis_names_its_publications_or_the_users_settings) {
  const FakeProc proc;
  EXPECT_THAT(open({}, proc)->basis(),
              ElementsAre(AllOf(HasSubstr("cpu: 2 logical CPUs"), HasSubstr("Footprint")),
                          AllOf(HasSubstr("memory: "), HasSubstr("Boavizta"))));
  EstimatorOptions options;
  options.idle_per_cpu = options.full_per_cpu = options.memory_power =
      units::Bounded<units::Power>::exactly(watts(1));
  EXPECT_THAT(open(options, proc)->basis(),
              ElementsAre(HasSubstr("from your settings"), HasSubstr("from your settings")));
}

TEST(Estimator, all_settings_out_of_order_are_told_at_once) {
  const FakeProc proc;
  EstimatorOptions options;
  options.idle_per_cpu = {watts(1), watts(2), watts(3)};
  options.memory_power = {watts(1), watts(-1), watts(3)};
  const auto opened = Estimator::open(options, proc.root());
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().kind, Error::Kind::invalid_input);
  EXPECT_THAT(opened.error().message,
              AllOf(HasSubstr("idle_per_cpu is 1 W with the range 2 to 3 W"),
                    HasSubstr("memory_power"), HasSubstr("give 0 <= low <= value <= high")));
}

TEST(Estimator, full_load_below_rest_is_refused) {
  const FakeProc proc;
  EstimatorOptions options;
  options.full_per_cpu = units::Bounded<units::Power>::exactly(watts(0.001));
  const auto opened = Estimator::open(options, proc.root());
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().kind, Error::Kind::invalid_input);
  EXPECT_THAT(opened.error().message, HasSubstr("give both"));
}

TEST(Estimator, to_estimate_nothing_is_an_error) {
  const FakeProc proc;
  EstimatorOptions options;
  options.cpu = options.memory = false;
  EXPECT_EQ(Estimator::open(options, proc.root()).error().kind, Error::Kind::invalid_input);
}

TEST(Estimator, a_proc_without_its_files_is_an_error_that_names_the_file) {
  FakeProc proc;
  proc.tree().remove("meminfo");
  EXPECT_THAT(Estimator::open({}, proc.root()).error().message, HasSubstr("meminfo"));
  proc.tree().remove("stat");
  EXPECT_THAT(Estimator::open({}, proc.root()).error().message, HasSubstr("stat"));
}

TEST(Estimator, works_on_this_machine) {
  auto opened = Estimator::open();
  ASSERT_TRUE(opened) << opened.error().message;
  const auto first = read(**opened);
  let_a_tick_pass();
  const auto second = read(**opened);
  for (std::size_t i = 0; i < second.size(); ++i) {
    EXPECT_EQ(second[i].state, Reading::State::ok);
    EXPECT_GT(second[i].value, first[i].value);
  }
}

}  // namespace
}  // namespace turngreen::energy
