#include "turngreen/energy/rapl_perf.h"

#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "energy/fake_power_pmu.h"

namespace turngreen::energy {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::vector<std::string> names_of(const Opened<RaplPerf>& opened) {
  std::vector<std::string> names;
  if (opened.sensor)
    for (const Domain& domain : opened.sensor->domains()) names.push_back(domain.name);
  return names;
}

std::vector<std::string> counted_of(const Opened<RaplPerf>& opened) {
  std::vector<std::string> names;
  if (opened.sensor)
    for (const Domain& domain : opened.sensor->domains())
      if (domain.counted()) names.push_back(domain.name);
  return names;
}

std::vector<Reading> read(Opened<RaplPerf>& opened) {
  std::vector<Reading> readings(opened.sensor->domains().size());
  opened.sensor->read(readings);
  return readings;
}

TEST(RaplPerf, a_machine_without_the_pmu_has_no_such_sensor_and_no_obstacle) {
  FakeSysfs tree;
  const auto opened = RaplPerf::open({tree.root(), tree.root(), open_perf_event});
  EXPECT_EQ(opened.sensor, nullptr);
  EXPECT_THAT(opened.obstacles, IsEmpty());
}

TEST(RaplPerf, counts_never_wrap_and_are_exact_fractions_of_a_joule) {
  FakePowerPmu pmu("0");
  pmu.add_event("energy-pkg", "event=0x02");
  pmu.set_counts(2, 0, {0, 4294967296, 18446744073709551615U});
  auto opened = RaplPerf::open(pmu.places());
  EXPECT_THAT(read(opened), ElementsAre(Reading::of(4294967296)));
  EXPECT_THAT(read(opened), ElementsAre(Reading::of(18446744073709551615U)));
  const Domain& package = opened.sensor->domains()[0];
  EXPECT_EQ(package.name, "package-0");
  EXPECT_EQ(package.source, Source::rapl_perf);
  EXPECT_EQ(package.wraps_at, std::nullopt);
  EXPECT_EQ(4294967296 * package.unit.numerator / package.unit.denominator, 1000000U);
  EXPECT_THAT(package.origin, HasSubstr("energy-pkg"));
}

TEST(RaplPerf, each_socket_has_its_own_domains_named_after_it) {
  FakePowerPmu pmu("0,18");
  pmu.add_cpu(0, 0);
  pmu.add_cpu(18, 1);
  pmu.add_event("energy-pkg", "event=0x02");
  pmu.add_event("energy-ram", "event=0x03");
  for (const int cpu : {0, 18})
    for (const std::uint64_t config : {2U, 3U})
      pmu.set_counts(config, cpu, {0, static_cast<std::uint64_t>(cpu) * 10 + config});
  auto opened = RaplPerf::open(pmu.places());
  EXPECT_THAT(counted_of(opened), ElementsAre("package-0", "package-1", "dram-0", "dram-1"));
  EXPECT_THAT(read(opened),
              ElementsAre(Reading::of(2), Reading::of(182), Reading::of(3), Reading::of(183)));
}

TEST(RaplPerf, parts_of_a_package_and_the_platform_are_not_counted) {
  FakePowerPmu pmu("0,18");
  pmu.add_cpu(0, 0);
  pmu.add_cpu(18, 1);
  std::uint64_t config = 0;
  for (const char* event :
       {"energy-cores", "energy-pkg", "energy-ram", "energy-gpu", "energy-psys"}) {
    pmu.add_event(event, "event=0x0" + std::to_string(++config));
    pmu.set_counts(config, 0, {0});
    pmu.set_counts(config, 18, {0});
  }
  const auto opened = RaplPerf::open(pmu.places());
  EXPECT_THAT(names_of(opened), ElementsAre("package-0", "package-1", "cores-0", "cores-1",
                                            "uncore-0", "uncore-1", "dram-0", "dram-1", "psys"));
  EXPECT_THAT(counted_of(opened), ElementsAre("package-0", "package-1", "dram-0", "dram-1"));
  EXPECT_EQ(opened.sensor->domains()[3].contained_in, "package-1");
}

TEST(RaplPerf, without_topology_the_order_of_the_cpus_numbers_the_sockets) {
  FakePowerPmu pmu("0,18");
  pmu.add_event("energy-pkg", "event=0x02");
  pmu.set_counts(2, 0, {0});
  pmu.set_counts(2, 18, {0});
  EXPECT_THAT(names_of(RaplPerf::open(pmu.places())), ElementsAre("package-0", "package-1"));
}

TEST(RaplPerf, a_refusal_is_one_obstacle_with_the_least_right) {
  FakePowerPmu pmu("0");
  pmu.add_event("energy-pkg", "event=0x02");
  pmu.add_event("energy-ram", "event=0x03");
  for (const int error : {EACCES, EPERM}) {
    pmu.refuse(error);
    const auto opened = RaplPerf::open(pmu.places());
    EXPECT_EQ(opened.sensor, nullptr);
    ASSERT_THAT(opened.obstacles, SizeIs(1));
    EXPECT_THAT(opened.obstacles[0].reason, HasSubstr("perf_event_paranoid"));
    EXPECT_THAT(opened.obstacles[0].remedy,
                HasSubstr(geteuid() == 0 ? "--cap-add PERFMON" : "setcap cap_perfmon=ep '/"));
  }
}

TEST(RaplPerf, an_event_that_one_socket_lacks_is_left_out_on_all) {
  FakePowerPmu pmu("0,18");
  pmu.add_cpu(0, 0);
  pmu.add_cpu(18, 1);
  pmu.add_event("energy-pkg", "event=0x02");
  pmu.set_counts(2, 0, {0});
  pmu.refuse_on(18, ENODEV);
  const auto opened = RaplPerf::open(pmu.places());
  EXPECT_EQ(opened.sensor, nullptr);
  EXPECT_THAT(opened.obstacles, IsEmpty());
  ASSERT_THAT(opened.left_out, SizeIs(1));
  EXPECT_EQ(opened.left_out[0].name, "package-1");
}

TEST(RaplPerf, an_event_that_answers_no_more_reads_as_missing) {
  FakePowerPmu pmu("0");
  pmu.add_event("energy-pkg", "event=0x02");
  pmu.set_counts(2, 0, {0, 5});
  auto opened = RaplPerf::open(pmu.places());
  pmu.unplug(2, 0);
  EXPECT_THAT(read(opened), ElementsAre(Reading::of(5)));
  EXPECT_THAT(read(opened), ElementsAre(Reading::missing()));
}

std::vector<std::uint64_t> staircase(std::uint64_t start, std::uint64_t step) {
  std::vector<std::uint64_t> counts(6000, start);
  for (std::size_t i = 0; i < counts.size(); ++i) counts[i] += i / 20 * step;
  return counts;
}

TEST(RaplPerf, dies_that_repeat_their_sockets_counter_are_one_domain) {
  FakePowerPmu pmu("0,8");
  pmu.add_cpu(0, 0, 0);
  pmu.add_cpu(8, 0, 1);
  pmu.add_event("energy-pkg", "event=0x02");
  pmu.set_counts(2, 0, staircase(100, 7));
  pmu.set_counts(2, 8, staircase(0, 7));
  const auto opened = RaplPerf::open(pmu.places());
  EXPECT_THAT(names_of(opened), ElementsAre("package-0"));
  ASSERT_THAT(opened.left_out, SizeIs(1));
  EXPECT_EQ(opened.left_out[0].name, "package-0-die-1");
}

TEST(RaplPerf, dies_with_their_own_counters_all_count) {
  FakePowerPmu pmu("0,8");
  pmu.add_cpu(0, 0, 0);
  pmu.add_cpu(8, 0, 1);
  pmu.add_event("energy-pkg", "event=0x02");
  pmu.set_counts(2, 0, staircase(100, 7));
  pmu.set_counts(2, 8, staircase(0, 9));
  EXPECT_THAT(counted_of(RaplPerf::open(pmu.places())),
              ElementsAre("package-0-die-0", "package-0-die-1"));
}

TEST(RaplPerf, the_counters_of_single_cores_are_left_out) {
  FakePowerPmu pmu("0");
  pmu.add_event("energy-pkg", "event=0x02");
  pmu.set_counts(2, 0, {0});
  pmu.tree().write("devices/power_core/type", "24");
  const auto opened = RaplPerf::open(pmu.places());
  EXPECT_THAT(names_of(opened), ElementsAre("package-0"));
  ASSERT_THAT(opened.left_out, SizeIs(1));
  EXPECT_EQ(opened.left_out[0].name, "power_core");
}

TEST(RaplPerf, a_description_that_cannot_be_understood_is_an_obstacle) {
  FakePowerPmu pmu("none");
  const auto opened = RaplPerf::open(pmu.places());
  EXPECT_EQ(opened.sensor, nullptr);
  ASSERT_THAT(opened.obstacles, SizeIs(1));
  EXPECT_THAT(opened.obstacles[0].reason, HasSubstr("cpumask"));
}

TEST(RaplPerf, the_system_call_opens_a_counter_that_can_be_read_again_and_again) {
  // The CPU clock, a software event that every kernel has, in the place of energy.
  FakeSysfs tree;
  tree.write("power/type", "1");
  tree.write("power/cpumask", "0");
  tree.write("power/events/energy-pkg", "event=0x00");
  tree.write("power/events/energy-pkg.unit", "Joules");
  tree.write("power/events/energy-pkg.scale", "1e-9");
  auto opened = RaplPerf::open({tree.root(), tree.root(), open_perf_event});
  if (!opened.sensor) GTEST_SKIP() << "perf events are not allowed here";
  const Reading first = read(opened).at(0);
  const Reading second = read(opened).at(0);
  EXPECT_EQ(second.state, Reading::State::ok);
  EXPECT_GT(second.value, first.value);
}

}  // namespace
}  // namespace turngreen::energy
