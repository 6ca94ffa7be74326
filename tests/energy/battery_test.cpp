#include "turngreen/energy/battery.h"

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

void add_battery(FakeSysfs& tree, const std::string& name, const std::string& status) {
  tree.write(name + "/type", "Battery");
  tree.write(name + "/status", status);
}

std::vector<Reading> read(Opened<Battery>& opened) {
  std::vector<Reading> readings(opened.sensor->domains().size());
  opened.sensor->read(readings);
  return readings;
}

TEST(Battery, a_machine_without_one_has_no_such_sensor_and_no_obstacle) {
  FakeSysfs tree;
  tree.write("AC/type", "Mains");
  for (const auto& root : {tree.root(), std::filesystem::path("/nowhere")}) {
    const auto opened = Battery::open(root);
    EXPECT_EQ(opened.sensor, nullptr);
    EXPECT_THAT(opened.obstacles, IsEmpty());
    EXPECT_THAT(opened.left_out, IsEmpty());
  }
}

TEST(Battery, tells_the_power_of_its_discharge) {
  FakeSysfs tree;
  add_battery(tree, "BAT0", "Discharging");
  tree.write("BAT0/power_now", "9300000");
  auto opened = Battery::open(tree.root());
  EXPECT_THAT(read(opened), ElementsAre(Reading::of(9300000)));
  const Domain& domain = opened.sensor->domains()[0];
  EXPECT_EQ(domain.name, "battery-BAT0");
  EXPECT_EQ(domain.kind, DomainKind::battery);
  EXPECT_EQ(domain.quantity, Quantity::power);
  EXPECT_TRUE(domain.counted());
}

TEST(Battery, current_times_voltage_serves_where_no_power_is_told) {
  FakeSysfs tree;
  add_battery(tree, "BAT0", "Discharging");
  tree.write("BAT0/current_now", "1500000");
  tree.write("BAT0/voltage_now", "12000000");
  auto opened = Battery::open(tree.root());
  EXPECT_THAT(read(opened), ElementsAre(Reading::of(18000000)));
}

TEST(Battery, a_negative_current_is_a_discharge_too) {
  FakeSysfs tree;
  add_battery(tree, "BAT0", "Discharging");
  tree.write("BAT0/current_now", "-1500000");
  tree.write("BAT0/voltage_now", "12000000");
  auto opened = Battery::open(tree.root());
  EXPECT_THAT(read(opened), ElementsAre(Reading::of(18000000)));
}

TEST(Battery, one_that_does_not_discharge_is_left_out) {
  for (const char* status : {"Charging", "Full", "Not charging", "Unknown", ""}) {
    FakeSysfs tree;
    add_battery(tree, "BAT0", status);
    tree.write("BAT0/power_now", "9300000");
    const auto opened = Battery::open(tree.root());
    EXPECT_EQ(opened.sensor, nullptr) << status;
    EXPECT_THAT(opened.obstacles, IsEmpty());
    ASSERT_THAT(opened.left_out, SizeIs(1));
    EXPECT_THAT(opened.left_out[0].reason, HasSubstr("mains"));
  }
}

TEST(Battery, plugging_in_makes_it_missing_not_zero) {
  FakeSysfs tree;
  add_battery(tree, "BAT0", "Discharging");
  tree.write("BAT0/power_now", "9300000");
  auto opened = Battery::open(tree.root());
  tree.write("BAT0/status", "Charging");
  EXPECT_THAT(read(opened), ElementsAre(Reading::missing()));
  tree.write("BAT0/status", "Discharging");
  EXPECT_THAT(read(opened), ElementsAre(Reading::of(9300000)));
}

TEST(Battery, a_gauge_at_zero_or_out_of_this_world_reads_as_missing) {
  FakeSysfs tree;
  add_battery(tree, "BAT0", "Discharging");
  tree.write("BAT0/current_now", "1500000");
  tree.write("BAT0/voltage_now", "12000000");
  auto opened = Battery::open(tree.root());
  for (const char* current : {"0", "18446744073709551615", "", "much"}) {
    tree.write("BAT0/current_now", current);
    EXPECT_THAT(read(opened), ElementsAre(Reading::missing())) << current;
  }
}

TEST(Battery, two_batteries_are_two_domains) {
  FakeSysfs tree;
  for (const char* name : {"BAT1", "BAT0"}) {
    add_battery(tree, name, "Discharging");
    tree.write(std::string(name) + "/power_now", "5");
  }
  const auto opened = Battery::open(tree.root());
  ASSERT_THAT(opened.sensor->domains(), SizeIs(2));
  EXPECT_EQ(opened.sensor->domains()[0].name, "battery-BAT0");
  EXPECT_TRUE(opened.sensor->domains()[1].counted());
}

TEST(Battery, the_battery_of_a_mouse_does_not_feed_the_machine) {
  FakeSysfs tree;
  add_battery(tree, "hidpp_battery_0", "Discharging");
  tree.write("hidpp_battery_0/scope", "Device");
  tree.write("hidpp_battery_0/power_now", "5");
  EXPECT_EQ(Battery::open(tree.root()).sensor, nullptr);
}

TEST(Battery, is_not_counted_beside_another_counted_domain) {
  FakeSysfs tree;
  add_battery(tree, "BAT0", "Discharging");
  tree.write("BAT0/power_now", "5");
  std::vector<Domain> measured(1);
  measured[0].name = "package-0";
  const auto opened = Battery::open(tree.root(), measured);
  EXPECT_FALSE(opened.sensor->domains()[0].counted());
  EXPECT_THAT(opened.sensor->domains()[0].not_counted_because, HasSubstr("package-0"));
}

TEST(Battery, one_that_may_not_be_read_is_an_obstacle) {
  FakeSysfs tree;
  add_battery(tree, "BAT0", "Discharging");
  tree.chmod("BAT0/status", 0);
  const AsNobody nobody;
  const auto opened = Battery::open(tree.root());
  EXPECT_EQ(opened.sensor, nullptr);
  EXPECT_THAT(opened.obstacles, SizeIs(1));
}

}  // namespace
}  // namespace turngreen::energy
