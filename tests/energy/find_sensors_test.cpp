#include "turngreen/energy/find_sensors.h"

#include <gmock/gmock.h>

#include <set>
#include <string>
#include <vector>

#include "energy/as_nobody.h"
#include "energy/fake_nvml.h"
#include "energy/fake_power_pmu.h"
#include "energy/fake_powercap.h"

namespace turngreen::energy {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

/// A machine on which nothing is found until a test adds it.
struct FakeMachine {
  FakePowercap powercap;
  FakePowerPmu pmu{"0"};
  FakeSysfs hwmon;
  FakeSysfs power_supply;
  bool has_pmu = false;

  SensorPlaces places() {
    SensorPlaces places;
    places.powercap = powercap.root();
    places.hwmon = hwmon.root();
    places.power_supply = power_supply.root();
    places.nvml_library = "libturngreen-no-such-library.so";
    places.amd_smi_library = "libturngreen-no-such-library.so";
    const RaplPerfPlaces perf = pmu.places();
    places.event_source = has_pmu ? perf.event_source : std::filesystem::path("/nowhere");
    places.cpus = perf.cpus;
    places.open_perf_event = perf.open_event;
    return places;
  }

  void add_perf_package(std::vector<std::uint64_t> counts) {
    has_pmu = true;
    pmu.add_event("energy-pkg", "event=0x02");
    pmu.set_counts(2, 0, counts);
  }
};

std::vector<Domain> domains_of(const FoundSensors& found) {
  std::vector<Domain> domains;
  for (const auto& sensor : found.sensors)
    domains.insert(domains.end(), sensor->domains().begin(), sensor->domains().end());
  return domains;
}

std::vector<std::string> counted_measured_of(const FoundSensors& found) {
  std::vector<std::string> names;
  for (const Domain& domain : domains_of(found))
    if (domain.counted() && !domain.estimated()) names.push_back(domain.name);
  return names;
}

std::vector<DomainKind> estimated_of(const FoundSensors& found) {
  std::vector<DomainKind> kinds;
  for (const Domain& domain : domains_of(found))
    if (domain.estimated()) kinds.push_back(domain.kind);
  return kinds;
}

TEST(FindSensors, in_a_virtual_machine_without_sensors_the_estimator_stands_alone) {
  FakeMachine machine;
  const auto found = find_sensors(machine.places());
  EXPECT_THAT(counted_measured_of(found), IsEmpty());
  EXPECT_THAT(estimated_of(found), ElementsAre(DomainKind::package, DomainKind::dram));
  EXPECT_THAT(found.obstacles, IsEmpty());
  EXPECT_THAT(found.left_out, IsEmpty());
}

TEST(FindSensors, nothing_is_estimated_against_the_users_will) {
  FakeMachine machine;
  EstimatorOptions none;
  none.cpu = none.memory = false;
  EXPECT_THAT(find_sensors(machine.places(), none).sensors, IsEmpty());
}

TEST(FindSensors, only_what_no_sensor_measures_is_estimated) {
  FakeMachine machine;
  machine.powercap.add("intel-rapl:0", {.name = "package-0"});
  EXPECT_THAT(estimated_of(find_sensors(machine.places())), ElementsAre(DomainKind::dram));
  machine.powercap.add("intel-rapl:0:0", {.name = "dram"});
  EXPECT_THAT(estimated_of(find_sensors(machine.places())), IsEmpty());
}

TEST(FindSensors, a_platform_counter_alone_leaves_nothing_to_estimate) {
  FakeMachine machine;
  machine.powercap.add("intel-rapl:0", {.name = "psys"});
  const auto found = find_sensors(machine.places());
  EXPECT_THAT(counted_measured_of(found), ElementsAre("psys"));
  EXPECT_THAT(estimated_of(found), IsEmpty());
}

TEST(FindSensors, cores_alone_do_not_replace_the_estimate_of_their_package) {
  FakeMachine machine;
  machine.powercap.add("intel-rapl:0", {.name = "package-0"});
  machine.powercap.add("intel-rapl:0:0", {.name = "core"});
  machine.powercap.deny("intel-rapl:0");
  const AsNobody nobody;
  const auto found = find_sensors(machine.places());
  EXPECT_THAT(counted_measured_of(found), IsEmpty());
  EXPECT_THAT(estimated_of(found), Contains(DomainKind::package));
}

TEST(FindSensors, perf_is_preferred_and_its_powercap_twin_left_out) {
  FakeMachine machine;
  machine.add_perf_package({0});
  machine.powercap.add("intel-rapl:0", {.name = "package-0"});
  machine.powercap.add("intel-rapl:0:0", {.name = "core"});
  machine.powercap.add("intel-rapl:0:1", {.name = "dram"});
  const auto found = find_sensors(machine.places());
  const auto domains = domains_of(found);
  ASSERT_EQ(domains.size(), 3U);
  EXPECT_EQ(domains[0].source, Source::rapl_perf);
  EXPECT_EQ(domains[1].name, "cores-0");
  EXPECT_EQ(domains[1].contained_in, "package-0");
  EXPECT_THAT(counted_measured_of(found), ElementsAre("package-0", "dram-0"));
  ASSERT_EQ(found.left_out.size(), 1U);
  EXPECT_THAT(found.left_out[0].reason, HasSubstr("perf_event"));
}

TEST(FindSensors, where_perf_is_refused_powercap_measures) {
  FakeMachine machine;
  machine.add_perf_package({});
  machine.pmu.refuse(EACCES);
  machine.powercap.add("intel-rapl:0", {.name = "package-0"});
  const auto found = find_sensors(machine.places());
  EXPECT_THAT(counted_measured_of(found), ElementsAre("package-0"));
  ASSERT_EQ(found.obstacles.size(), 1U);
  EXPECT_THAT(found.obstacles[0].sensor, HasSubstr("perf_event"));
}

TEST(FindSensors,
     where_both_ways_are_closed_both_obstacles_are_told_and_the_processor_is_estimated) {
  FakeMachine machine;
  machine.add_perf_package({});
  machine.pmu.refuse(EACCES);
  machine.powercap.add("intel-rapl:0", {.name = "package-0"});
  machine.powercap.deny("intel-rapl:0");
  const AsNobody nobody;
  const auto found = find_sensors(machine.places());
  EXPECT_EQ(found.obstacles.size(), 2U);
  EXPECT_THAT(estimated_of(found), Contains(DomainKind::package));
}

TEST(FindSensors, boards_and_batteries_are_shown_beside_rapl_and_not_counted) {
  FakeMachine machine;
  machine.powercap.add("intel-rapl:0", {.name = "package-0"});
  machine.hwmon.write("hwmon0/name", "power_meter");
  machine.hwmon.write("hwmon0/power1_average", "90000000");
  machine.power_supply.write("BAT0/type", "Battery");
  machine.power_supply.write("BAT0/status", "Discharging");
  machine.power_supply.write("BAT0/power_now", "90000000");
  const auto found = find_sensors(machine.places());
  EXPECT_THAT(counted_measured_of(found), ElementsAre("package-0"));
  std::vector<std::string> names;
  for (const Domain& domain : domains_of(found)) names.push_back(domain.name);
  EXPECT_THAT(names, AllOf(Contains("power-meter-power1"), Contains("battery-BAT0")));
}

TEST(FindSensors, a_power_meter_of_the_whole_machine_leaves_nothing_to_estimate) {
  FakeMachine machine;
  machine.hwmon.write("hwmon0/name", "power_meter");
  machine.hwmon.write("hwmon0/power1_average", "90000000");
  machine.power_supply.write("BAT0/type", "Battery");
  machine.power_supply.write("BAT0/status", "Discharging");
  machine.power_supply.write("BAT0/power_now", "90000000");
  const auto found = find_sensors(machine.places());
  EXPECT_THAT(counted_measured_of(found), ElementsAre("power-meter-power1"));
  EXPECT_THAT(estimated_of(found), IsEmpty());
}

TEST(FindSensors, a_battery_alone_measures_the_whole_machine) {
  FakeMachine machine;
  machine.power_supply.write("BAT0/type", "Battery");
  machine.power_supply.write("BAT0/status", "Discharging");
  machine.power_supply.write("BAT0/power_now", "90000000");
  const auto found = find_sensors(machine.places());
  EXPECT_THAT(counted_measured_of(found), ElementsAre("battery-BAT0"));
  EXPECT_THAT(estimated_of(found), IsEmpty());
}

TEST(FindSensors, gpus_count_beside_the_processors_and_within_a_power_meter) {
  FakeMachine machine;
  FakeNvml nvml;
  nvml.add_gpu("GPU-1");
  machine.powercap.add("intel-rapl:0", {.name = "package-0"});
  machine.hwmon.write("hwmon0/name", "power_meter");
  machine.hwmon.write("hwmon0/power1_average", "90000000");
  SensorPlaces places = machine.places();
  places.nvml_library = FakeNvml::path();
  EXPECT_THAT(counted_measured_of(find_sensors(places)), ElementsAre("package-0", "gpu-0"));
  machine.powercap.remove("intel-rapl:0");
  const auto found = find_sensors(places);
  EXPECT_THAT(counted_measured_of(found), ElementsAre("gpu-0"));
  EXPECT_THAT(estimated_of(found), ElementsAre(DomainKind::package, DomainKind::dram));
}

TEST(FindSensors, a_driver_that_refuses_is_an_obstacle) {
  FakeMachine machine;
  FakeNvml nvml;
  nvml.driver().init_status = 4;
  SensorPlaces places = machine.places();
  places.nvml_library = FakeNvml::path();
  const auto found = find_sensors(places);
  ASSERT_EQ(found.obstacles.size(), 1U);
  EXPECT_EQ(found.obstacles[0].sensor, "NVML");
}

TEST(FindSensors, names_are_unique_across_all_sensors) {
  FakeMachine machine;
  machine.add_perf_package({0});
  machine.powercap.add("intel-rapl:0", {.name = "package-0"});
  machine.powercap.add("intel-rapl:0:0", {.name = "uncore"});
  machine.hwmon.write("hwmon0/name", "package");
  machine.hwmon.write("hwmon0/power1_input", "5");
  machine.hwmon.write("hwmon0/power1_label", "0");
  machine.hwmon.write("hwmon1/name", "package-0");
  machine.hwmon.write("hwmon1/power1_input", "5");
  machine.hwmon.write("hwmon1/power1_label", "");
  const auto found = find_sensors(machine.places());
  const auto domains = domains_of(found);
  std::set<std::string> names;
  for (const Domain& domain : domains) names.insert(domain.name);
  EXPECT_EQ(names.size(), domains.size());
  EXPECT_THAT(names, Contains("package-0-2"));
}

TEST(FindSensors, on_this_very_machine_every_sensor_found_can_be_read) {
  const auto found = find_sensors();
  for (const auto& sensor : found.sensors) {
    std::vector<Reading> readings(sensor->domains().size());
    sensor->read(readings);
    EXPECT_THAT(readings, Not(IsEmpty()));
  }
}

}  // namespace
}  // namespace turngreen::energy
