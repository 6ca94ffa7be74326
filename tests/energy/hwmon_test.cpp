#include "turngreen/energy/hwmon.h"

#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "energy/as_nobody.h"
#include "energy/fake_sysfs.h"

namespace turngreen::energy {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::vector<std::string> names_of(const Opened<Hwmon>& opened) {
  std::vector<std::string> names;
  if (opened.sensor)
    for (const Domain& domain : opened.sensor->domains()) names.push_back(domain.name);
  return names;
}

std::vector<std::string> counted_of(const Opened<Hwmon>& opened) {
  std::vector<std::string> names;
  if (opened.sensor)
    for (const Domain& domain : opened.sensor->domains())
      if (domain.counted()) names.push_back(domain.name);
  return names;
}

std::vector<Reading> read(Opened<Hwmon>& opened) {
  std::vector<Reading> readings(opened.sensor->domains().size());
  opened.sensor->read(readings);
  return readings;
}

Domain measured_by(Source source, DomainKind kind, const std::string& name) {
  Domain domain;
  domain.name = name;
  domain.kind = kind;
  domain.source = source;
  return domain;
}

void add_power_meter(FakeSysfs& tree, const std::string& device, const std::string& watts_uw,
                     const std::string& label = "") {
  tree.write(device + "/name", "power_meter");
  tree.write(device + "/device/power1_average", watts_uw);
  tree.write(device + "/device/power1_average_interval", "50");
  if (!label.empty()) tree.write(device + "/device/power1_oem_info", label);
}

TEST(Hwmon, a_machine_without_power_sensors_has_no_such_sensor_and_no_obstacle) {
  FakeSysfs tree;
  tree.write("hwmon0/name", "coretemp");
  tree.write("hwmon0/temp1_input", "41000");
  for (const auto& root : {tree.root(), std::filesystem::path("/nowhere")}) {
    const auto opened = Hwmon::open(root);
    EXPECT_EQ(opened.sensor, nullptr);
    EXPECT_THAT(opened.obstacles, IsEmpty());
    EXPECT_THAT(opened.left_out, IsEmpty());
  }
}

TEST(Hwmon, energy_is_a_counter_of_microjoules_and_power_is_microwatts) {
  FakeSysfs tree;
  tree.write("hwmon3/name", "xe");
  tree.write("hwmon3/energy1_input", "123456");
  tree.write("hwmon3/energy1_label", "card");
  tree.write("hwmon4/name", "amdgpu");
  tree.write("hwmon4/power1_average", "35000000");
  tree.write("hwmon4/power1_cap", "200000000");
  auto opened = Hwmon::open(tree.root());
  EXPECT_THAT(names_of(opened), ElementsAre("xe-card", "amdgpu-power1"));
  EXPECT_THAT(counted_of(opened), ElementsAre("xe-card", "amdgpu-power1"));
  EXPECT_THAT(read(opened), ElementsAre(Reading::of(123456), Reading::of(35000000)));
  EXPECT_EQ(opened.sensor->domains()[0].quantity, Quantity::energy);
  EXPECT_EQ(opened.sensor->domains()[1].quantity, Quantity::power);
  EXPECT_EQ(opened.sensor->domains()[1].kind, DomainKind::gpu);
  EXPECT_FALSE(opened.sensor->domains()[1].always_draws);
}

TEST(Hwmon, the_average_is_preferred_to_the_moment_and_its_interval_is_the_step) {
  FakeSysfs tree;
  tree.write("hwmon0/name", "ina226");
  tree.write("hwmon0/power1_input", "9");
  tree.write("hwmon0/power1_average", "7");
  tree.write("hwmon0/power1_average_interval", "250");
  auto opened = Hwmon::open(tree.root());
  EXPECT_THAT(read(opened), ElementsAre(Reading::of(7)));
  EXPECT_EQ(opened.sensor->domains()[0].step, units::milliseconds(250));
}

TEST(Hwmon, of_two_counters_of_one_card_the_first_is_counted) {
  FakeSysfs tree;
  tree.write("hwmon0/name", "xe");
  tree.write("hwmon0/energy1_input", "20");
  tree.write("hwmon0/energy1_label", "card");
  tree.write("hwmon0/energy2_input", "10");
  tree.write("hwmon0/energy2_label", "pkg");
  const auto opened = Hwmon::open(tree.root());
  EXPECT_THAT(counted_of(opened), ElementsAre("xe-card"));
  EXPECT_THAT(opened.sensor->domains()[1].not_counted_because, HasSubstr("xe-card"));
}

TEST(Hwmon, two_cards_of_one_driver_get_two_names_and_both_count) {
  FakeSysfs tree;
  for (const char* device : {"hwmon0", "hwmon1"}) {
    tree.write(std::string(device) + "/name", "i915");
    tree.write(std::string(device) + "/energy1_input", "20");
  }
  EXPECT_THAT(counted_of(Hwmon::open(tree.root())), ElementsAre("i915-energy1", "i915-energy1-2"));
}

TEST(Hwmon, graphics_within_a_processor_are_never_counted) {
  FakeSysfs tree;
  tree.write("hwmon0/name", "amdgpu");
  tree.write("hwmon0/power1_input", "15000000");
  EXPECT_THAT(counted_of(Hwmon::open(tree.root())), IsEmpty());
}

TEST(Hwmon, cards_that_amd_smi_measures_are_not_counted_again) {
  FakeSysfs tree;
  tree.write("hwmon0/name", "amdgpu");
  tree.write("hwmon0/power1_average", "15000000");
  tree.write("hwmon0/power1_cap", "200000000");
  const std::vector<Domain> measured{measured_by(Source::amd_smi, DomainKind::gpu, "amd-gpu-0")};
  EXPECT_THAT(counted_of(Hwmon::open(tree.root(), measured)), IsEmpty());
}

TEST(Hwmon, amd_energy_counts_sockets_unless_rapl_does) {
  FakeSysfs tree;
  tree.write("hwmon0/name", "amd_energy");
  for (int core = 1; core <= 100; ++core) {
    const std::string channel = "hwmon0/energy" + std::to_string(core);
    tree.write(channel + "_input", "1");
    tree.write(channel + "_label", "Ecore" + std::to_string(core - 1));
  }
  for (int socket = 0; socket < 2; ++socket) {
    const std::string channel = "hwmon0/energy" + std::to_string(101 + socket);
    tree.write(channel + "_input", std::to_string(1000 + socket));
    tree.write(channel + "_label", "Esocket" + std::to_string(socket));
  }
  const auto alone = Hwmon::open(tree.root());
  EXPECT_THAT(counted_of(alone), ElementsAre("amd-energy-esocket0", "amd-energy-esocket1"));
  EXPECT_THAT(alone.left_out, SizeIs(1));
  const std::vector<Domain> measured{
      measured_by(Source::rapl_powercap, DomainKind::package, "package-0")};
  const auto beside = Hwmon::open(tree.root(), measured);
  EXPECT_THAT(names_of(beside), SizeIs(2));
  EXPECT_THAT(counted_of(beside), IsEmpty());
}

TEST(Hwmon, of_nvidia_grace_each_sockets_envelope_is_counted_once) {
  FakeSysfs tree;
  int device = 0;
  for (const char* socket : {"0", "1"})
    for (const char* part : {"Module", "Grace", "CPU", "SysIO"})
      add_power_meter(tree, "hwmon" + std::to_string(device++), "100000000",
                      std::string(part) + " Power Socket " + socket);
  const auto opened = Hwmon::open(tree.root());
  EXPECT_THAT(counted_of(opened),
              ElementsAre("power-meter-grace-power-socket-0", "power-meter-grace-power-socket-1"));
  const auto domains = opened.sensor->domains();
  ASSERT_THAT(domains, SizeIs(8));
  EXPECT_EQ(domains[1].kind, DomainKind::module);
  EXPECT_EQ(domains[1].step, units::milliseconds(50));
  EXPECT_EQ(domains[2].contained_in, domains[1].name);
  EXPECT_EQ(domains[7].contained_in, domains[5].name);
}

TEST(Hwmon, a_lone_power_meter_is_the_whole_machine_where_nothing_else_is_measured) {
  FakeSysfs tree;
  add_power_meter(tree, "hwmon0", "210000000");
  EXPECT_THAT(counted_of(Hwmon::open(tree.root())), ElementsAre("power-meter-power1"));
  for (const DomainKind kind : {DomainKind::package, DomainKind::gpu, DomainKind::platform}) {
    const std::vector<Domain> measured{measured_by(Source::rapl_perf, kind, "other")};
    EXPECT_THAT(counted_of(Hwmon::open(tree.root(), measured)), IsEmpty()) << to_string(kind);
  }
}

TEST(Hwmon, several_power_meters_may_overlap_and_are_not_counted) {
  FakeSysfs tree;
  add_power_meter(tree, "hwmon0", "210000000");
  add_power_meter(tree, "hwmon1", "200000000");
  EXPECT_THAT(counted_of(Hwmon::open(tree.root())), IsEmpty());
}

TEST(Hwmon, a_rail_that_nobody_knows_is_shown_and_not_counted) {
  FakeSysfs tree;
  tree.write("hwmon0/name", "sfp");
  tree.write("hwmon0/power1_input", "500");
  const auto opened = Hwmon::open(tree.root());
  EXPECT_THAT(names_of(opened), ElementsAre("sfp-power1"));
  EXPECT_THAT(counted_of(opened), IsEmpty());
}

TEST(Hwmon, batteries_that_appear_here_are_left_to_their_own_sensor) {
  FakeSysfs tree;
  tree.write("hwmon0/name", "BAT0");
  tree.write("hwmon0/power1_input", "11000000");
  tree.write("hwmon0/device/type", "Battery");
  const auto opened = Hwmon::open(tree.root());
  EXPECT_EQ(opened.sensor, nullptr);
  EXPECT_THAT(opened.left_out, SizeIs(1));
}

TEST(Hwmon, a_value_without_read_permission_is_an_obstacle) {
  FakeSysfs tree;
  tree.write("hwmon0/name", "amd_energy");
  tree.write("hwmon0/energy1_input", "5");
  tree.chmod("hwmon0/energy1_input", 0);
  const AsNobody nobody;
  const auto opened = Hwmon::open(tree.root());
  EXPECT_EQ(opened.sensor, nullptr);
  ASSERT_THAT(opened.obstacles, SizeIs(1));
  EXPECT_THAT(opened.obstacles[0].reason, HasSubstr("hwmon0/energy1_input"));
}

TEST(Hwmon, a_vanished_or_broken_value_reads_as_missing) {
  FakeSysfs tree;
  tree.write("hwmon0/name", "xe");
  tree.write("hwmon0/energy1_input", "1");
  tree.write("hwmon1/name", "xe");
  tree.write("hwmon1/energy1_input", "2");
  auto opened = Hwmon::open(tree.root());
  tree.remove("hwmon0");
  tree.write("hwmon1/energy1_input", "-3");
  EXPECT_THAT(read(opened), ElementsAre(Reading::missing(), Reading::missing()));
}

TEST(Hwmon, limits_and_alarms_alone_are_no_sensor) {
  FakeSysfs tree;
  tree.write("hwmon0/name", "i915");
  tree.write("hwmon0/power1_max", "120000000");
  tree.write("hwmon0/power1_crit", "150000000");
  EXPECT_EQ(Hwmon::open(tree.root()).sensor, nullptr);
}

}  // namespace
}  // namespace turngreen::energy
