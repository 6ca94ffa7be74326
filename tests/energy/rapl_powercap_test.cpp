#include "turngreen/energy/rapl_powercap.h"

#include <gmock/gmock.h>

#include <fstream>
#include <string>
#include <vector>

#include "energy/as_nobody.h"
#include "energy/fake_powercap.h"

namespace turngreen::energy {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::vector<std::string> names_of(const Opened<RaplPowercap>& opened) {
  std::vector<std::string> names;
  if (opened.sensor)
    for (const Domain& domain : opened.sensor->domains()) names.push_back(domain.name);
  return names;
}

std::vector<std::string> counted_of(const Opened<RaplPowercap>& opened) {
  std::vector<std::string> names;
  if (opened.sensor)
    for (const Domain& domain : opened.sensor->domains())
      if (domain.counted()) names.push_back(domain.name);
  return names;
}

std::vector<std::string> left_out_of(const Opened<RaplPowercap>& opened) {
  std::vector<std::string> names;
  for (const LeftOut& left_out : opened.left_out) names.push_back(left_out.name);
  return names;
}

std::vector<Reading> read(Opened<RaplPowercap>& opened) {
  std::vector<Reading> readings(opened.sensor->domains().size());
  opened.sensor->read(readings);
  return readings;
}

const Domain& domain_of(const Opened<RaplPowercap>& opened, const std::string& name) {
  for (const Domain& domain : opened.sensor->domains())
    if (domain.name == name) return domain;
  throw std::runtime_error("no domain " + name);
}

Domain package_0() {
  Domain domain;
  domain.name = "package-0";
  domain.kind = DomainKind::package;
  return domain;
}

TEST(RaplPowercap, a_machine_without_the_tree_has_no_such_sensor_and_no_obstacle) {
  const auto opened = RaplPowercap::open("/nowhere/powercap");
  EXPECT_EQ(opened.sensor, nullptr);
  EXPECT_THAT(opened.obstacles, IsEmpty());
}

TEST(RaplPowercap, an_empty_tree_has_no_such_sensor_and_no_obstacle) {
  FakePowercap tree;
  const auto opened = RaplPowercap::open(tree.root());
  EXPECT_EQ(opened.sensor, nullptr);
  EXPECT_THAT(opened.obstacles, IsEmpty());
}

TEST(RaplPowercap, reads_microjoules_that_wrap_at_the_zones_own_range) {
  FakePowercap tree;
  tree.add("intel-rapl:0", {.name = "package-0", .energy_uj = 900, .range_uj = 1000});
  tree.add("intel-rapl:0:0", {.name = "dram", .energy_uj = 7, .range_uj = 65536});
  auto opened = RaplPowercap::open(tree.root());
  EXPECT_THAT(read(opened), ElementsAre(Reading::of(900), Reading::of(7)));
  tree.set_energy_uj("intel-rapl:0", 50);
  EXPECT_THAT(read(opened), ElementsAre(Reading::of(50), Reading::of(7)));

  const Domain& package = opened.sensor->domains()[0];
  EXPECT_EQ(package.source, Source::rapl_powercap);
  EXPECT_EQ(package.unit, (RawUnit{1, 1}));
  EXPECT_EQ(package.wraps_at, 1000U);
  EXPECT_EQ(package.origin, tree.energy_file("intel-rapl:0").string());
  EXPECT_EQ(opened.sensor->domains()[1].wraps_at, 65536U);
}

TEST(RaplPowercap, without_a_range_no_wrap_is_assumed) {
  FakePowercap tree;
  tree.add("intel-rapl:0", {.name = "package-0", .range_uj = 0});
  EXPECT_EQ(RaplPowercap::open(tree.root()).sensor->domains()[0].wraps_at, std::nullopt);
}

TEST(RaplPowercap, the_drams_of_two_sockets_are_two_domains) {
  FakePowercap tree;
  tree.add("intel-rapl:0", {.name = "package-0", .energy_uj = 1});
  tree.add("intel-rapl:0:0", {.name = "dram", .energy_uj = 2});
  tree.add("intel-rapl:1", {.name = "package-1", .energy_uj = 3});
  tree.add("intel-rapl:1:0", {.name = "dram", .energy_uj = 4});
  auto opened = RaplPowercap::open(tree.root());
  EXPECT_THAT(names_of(opened), ElementsAre("package-0", "dram-0", "package-1", "dram-1"));
  EXPECT_THAT(counted_of(opened), ElementsAre("package-0", "dram-0", "package-1", "dram-1"));
  EXPECT_THAT(read(opened),
              ElementsAre(Reading::of(1), Reading::of(2), Reading::of(3), Reading::of(4)));
}

TEST(RaplPowercap, zones_are_in_the_order_of_their_numbers) {
  FakePowercap tree;
  for (int i = 11; i >= 0; --i)
    tree.add("intel-rapl:" + std::to_string(i), {.name = "package-" + std::to_string(i)});
  const auto opened = RaplPowercap::open(tree.root());
  EXPECT_EQ(names_of(opened).at(2), "package-2");
  EXPECT_EQ(names_of(opened).at(11), "package-11");
}

TEST(RaplPowercap, cores_and_uncore_are_part_of_their_package_and_dram_is_not) {
  FakePowercap tree;
  tree.add("intel-rapl:0", {.name = "package-0"});
  tree.add("intel-rapl:0:0", {.name = "core"});
  tree.add("intel-rapl:0:1", {.name = "uncore"});
  tree.add("intel-rapl:0:2", {.name = "dram"});
  const auto opened = RaplPowercap::open(tree.root());
  EXPECT_THAT(counted_of(opened), ElementsAre("package-0", "dram-0"));
  EXPECT_EQ(domain_of(opened, "cores-0").contained_in, "package-0");
  EXPECT_EQ(domain_of(opened, "uncore-0").contained_in, "package-0");
  EXPECT_EQ(domain_of(opened, "dram-0").contained_in, std::nullopt);
  EXPECT_FALSE(domain_of(opened, "uncore-0").always_draws);
  EXPECT_TRUE(domain_of(opened, "package-0").always_draws);
}

TEST(RaplPowercap, psys_is_never_counted_beside_packages) {
  FakePowercap tree;
  tree.add("intel-rapl:0", {.name = "package-0"});
  tree.add("intel-rapl:1", {.name = "psys"});
  const auto opened = RaplPowercap::open(tree.root());
  EXPECT_THAT(names_of(opened), ElementsAre("package-0", "psys"));
  EXPECT_THAT(counted_of(opened), ElementsAre("package-0"));
  EXPECT_THAT(domain_of(opened, "psys").not_counted_because, HasSubstr("packages"));
}

TEST(RaplPowercap, psys_alone_is_counted_once) {
  FakePowercap tree;
  tree.add("intel-rapl:0", {.name = "psys"});
  tree.add("intel-rapl:1", {.name = "psys-1"});
  EXPECT_THAT(counted_of(RaplPowercap::open(tree.root())), ElementsAre("psys"));
}

TEST(RaplPowercap, the_copies_over_mmio_are_left_out) {
  FakePowercap tree;
  tree.add("intel-rapl:0", {.name = "package-0", .energy_uj = 5});
  tree.add("intel-rapl-mmio:0", {.name = "package-0", .energy_uj = 6});
  const auto opened = RaplPowercap::open(tree.root());
  EXPECT_THAT(names_of(opened), ElementsAre("package-0"));
  ASSERT_THAT(opened.left_out, SizeIs(1));
  EXPECT_THAT(opened.left_out[0].reason, HasSubstr("MMIO"));
  EXPECT_THAT(opened.left_out[0].origin, HasSubstr("intel-rapl-mmio:0"));
}

TEST(RaplPowercap, a_package_shown_over_mmio_only_is_measured) {
  FakePowercap tree;
  tree.add("intel-rapl-mmio:0", {.name = "package-0"});
  EXPECT_THAT(counted_of(RaplPowercap::open(tree.root())), ElementsAre("package-0"));
}

TEST(RaplPowercap, dies_that_show_one_counter_are_one_domain_named_after_the_socket) {
  FakePowercap tree;
  tree.add("intel-rapl:0", {.name = "package-0-die-0", .energy_uj = 777});
  tree.add("intel-rapl:0:0", {.name = "core"});
  tree.add("intel-rapl:1", {.name = "package-0-die-1", .energy_uj = 777});
  tree.add("intel-rapl:1:0", {.name = "core"});
  const auto opened = RaplPowercap::open(tree.root());
  EXPECT_THAT(names_of(opened), ElementsAre("package-0", "cores-0"));
  EXPECT_EQ(domain_of(opened, "cores-0").contained_in, "package-0");
  EXPECT_THAT(left_out_of(opened), ElementsAre("package-0-die-1", "cores-0-die-1"));
  EXPECT_THAT(opened.left_out[0].reason, HasSubstr("same counter as package-0-die-0"));
}

TEST(RaplPowercap, dies_with_their_own_counters_all_count) {
  FakePowercap tree;
  tree.add("intel-rapl:0", {.name = "package-0-die-0", .energy_uj = 777});
  tree.add("intel-rapl:1", {.name = "package-0-die-1", .energy_uj = 778});
  EXPECT_THAT(counted_of(RaplPowercap::open(tree.root())),
              ElementsAre("package-0-die-0", "package-0-die-1"));
}

TEST(RaplPowercap, two_sockets_that_happen_to_agree_are_not_mirrors) {
  FakePowercap tree;
  tree.add("intel-rapl:0", {.name = "package-0", .energy_uj = 777});
  tree.add("intel-rapl:1", {.name = "package-1", .energy_uj = 777});
  EXPECT_THAT(counted_of(RaplPowercap::open(tree.root())), ElementsAre("package-0", "package-1"));
}

TEST(RaplPowercap, two_zones_of_one_name_with_different_counters_get_two_names) {
  FakePowercap tree;
  tree.add("intel-rapl:0", {.name = "package-0", .energy_uj = 1});
  tree.add("intel-rapl:1", {.name = "package-0", .energy_uj = 2});
  tree.add("intel-rapl:2", {.name = "package-0", .energy_uj = 3});
  EXPECT_THAT(names_of(RaplPowercap::open(tree.root())),
              ElementsAre("package-0", "package-0-zone-2", "package-0-zone-3"));
}

TEST(RaplPowercap, the_single_core_that_amd_shows_is_left_out) {
  FakePowercap tree;
  tree.add("intel-rapl:0", {.name = "package-0", .has_limits = false});
  tree.add("intel-rapl:0:0", {.name = "core", .has_limits = false});
  const auto opened = RaplPowercap::open(tree.root());
  EXPECT_THAT(names_of(opened), ElementsAre("package-0"));
  EXPECT_THAT(left_out_of(opened), ElementsAre("cores-0"));
}

TEST(RaplPowercap, a_sustained_limit_allows_a_peak_of_four_times_as_much) {
  FakePowercap tree;
  tree.add("intel-rapl:0",
           {.name = "package-0", .max_power_uw = 15000000, .power_limit_uw = 64000000});
  EXPECT_EQ(RaplPowercap::open(tree.root()).sensor->domains()[0].max_power, units::watts(256));
}

TEST(RaplPowercap, without_a_design_limit_a_ceiling_of_its_kind_holds) {
  FakePowercap tree;
  tree.add("intel-rapl:0", {.name = "package-0", .power_limit_uw = 30000000});
  tree.add("intel-rapl:1", {.name = "package-1", .max_power_uw = 4095000000});
  const auto opened = RaplPowercap::open(tree.root());
  EXPECT_EQ(domain_of(opened, "package-0").max_power, units::watts(2000));
  EXPECT_EQ(domain_of(opened, "package-1").max_power, units::watts(2000));
}

TEST(RaplPowercap, a_counter_without_read_permission_is_an_obstacle) {
  FakePowercap tree;
  tree.add("intel-rapl:0", {.name = "package-0"});
  tree.add("intel-rapl:0:0", {.name = "dram"});
  tree.deny("intel-rapl:0");
  tree.deny("intel-rapl:0:0");
  const AsNobody nobody;
  ASSERT_TRUE(nobody.effective());
  const auto opened = RaplPowercap::open(tree.root());
  EXPECT_EQ(opened.sensor, nullptr);
  ASSERT_THAT(opened.obstacles, SizeIs(1));
  EXPECT_THAT(opened.obstacles[0].reason, HasSubstr(tree.energy_file("intel-rapl:0").string()));
  EXPECT_THAT(opened.obstacles[0].reason, HasSubstr("and 1 more"));
  EXPECT_THAT(opened.obstacles[0].remedy, HasSubstr("chmod 0440"));
}

TEST(RaplPowercap, cores_without_their_package_are_shown_and_not_counted) {
  FakePowercap tree;
  tree.add("intel-rapl:0", {.name = "package-0"});
  tree.add("intel-rapl:0:0", {.name = "core"});
  tree.deny("intel-rapl:0");
  const AsNobody nobody;
  const auto opened = RaplPowercap::open(tree.root());
  EXPECT_THAT(names_of(opened), ElementsAre("cores-0"));
  EXPECT_THAT(counted_of(opened), IsEmpty());
  EXPECT_THAT(domain_of(opened, "cores-0").not_counted_because, HasSubstr("cannot be read"));
}

TEST(RaplPowercap, a_vanished_counter_reads_as_missing_and_the_others_go_on) {
  FakePowercap tree;
  tree.add("intel-rapl:0", {.name = "package-0", .energy_uj = 1});
  tree.add("intel-rapl:1", {.name = "package-1", .energy_uj = 2});
  auto opened = RaplPowercap::open(tree.root());
  tree.remove("intel-rapl:0");
  EXPECT_THAT(read(opened), ElementsAre(Reading::missing(), Reading::of(2)));
}

TEST(RaplPowercap, a_counter_that_turns_to_garbage_reads_as_missing_never_as_zero) {
  FakePowercap tree;
  tree.add("intel-rapl:0", {.name = "package-0", .energy_uj = 1});
  auto opened = RaplPowercap::open(tree.root());
  for (const char* contents : {"", "garbage", "99999999999999999999999"}) {
    tree.tree().write("intel-rapl:0/energy_uj", contents);
    EXPECT_THAT(read(opened), ElementsAre(Reading::missing())) << contents;
  }
}

TEST(RaplPowercap, a_zone_without_a_readable_number_is_left_out_with_the_reason) {
  FakePowercap tree;
  tree.add("intel-rapl:0", {.name = "package-0"});
  tree.tree().write("intel-rapl:0/energy_uj", "-12");
  tree.tree().write("intel-rapl:1/name", "package-1");
  tree.add("intel-rapl:2", {.name = "turbine"});
  tree.add("intel-rapl:3:0", {.name = "core"});
  const auto opened = RaplPowercap::open(tree.root());
  EXPECT_EQ(opened.sensor, nullptr);
  EXPECT_THAT(left_out_of(opened), ElementsAre("turbine", "core", "package-0", "package-1"));
}

TEST(RaplPowercap, zones_whose_files_a_container_hides_are_an_obstacle) {
  FakePowercap tree;
  std::filesystem::create_symlink("../hidden/intel-rapl:0", tree.root() / "intel-rapl:0");
  const auto opened = RaplPowercap::open(tree.root());
  EXPECT_EQ(opened.sensor, nullptr);
  ASSERT_THAT(opened.obstacles, SizeIs(1));
  EXPECT_THAT(opened.obstacles[0].remedy, HasSubstr("systempaths=unconfined"));
}

TEST(RaplPowercap, a_tree_that_points_into_itself_ends) {
  FakePowercap tree;
  tree.add("intel-rapl:0", {.name = "package-0", .energy_uj = 1});
  std::filesystem::create_symlink(".", tree.root() / "intel-rapl:1");
  std::filesystem::create_symlink("intel-rapl:2", tree.root() / "intel-rapl:2");
  std::filesystem::create_symlink("intel-rapl:0", tree.root() / "intel-rapl:3");
  const auto opened = RaplPowercap::open(tree.root());
  EXPECT_THAT(counted_of(opened), ElementsAre("package-0"));
}

TEST(RaplPowercap, other_entries_of_the_tree_are_no_zones) {
  FakePowercap tree;
  for (const char* name : {"intel-rapl", "dtpm:0", "intel-rapl:", "intel-rapl:x", "intel-rapl:0:",
                           "intel-rapl:99999999999999999999", "intel-rapl:1:2:3:4:5:6:7:8:9"})
    tree.add(name, {.name = "package-0"});
  const auto opened = RaplPowercap::open(tree.root());
  EXPECT_EQ(opened.sensor, nullptr);
  EXPECT_THAT(opened.left_out, IsEmpty());
}

TEST(RaplPowercap, thousands_of_zones_are_cut_off_and_said) {
  FakePowercap tree;
  tree.add("zone", {.name = "package-0", .energy_uj = 5});
  for (int i = 0; i < 1100; ++i)
    std::filesystem::create_symlink("zone", tree.root() / ("intel-rapl:" + std::to_string(i)));
  const auto opened = RaplPowercap::open(tree.root());
  ASSERT_FALSE(opened.left_out.empty());
  EXPECT_THAT(opened.left_out[0].reason, HasSubstr("first 256"));
  EXPECT_THAT(names_of(opened), ElementsAre("package-0"));
}

TEST(RaplPowercap, what_perf_measures_of_a_socket_is_left_out_here) {
  FakePowercap tree;
  tree.add("intel-rapl:0", {.name = "package-0-die-0", .energy_uj = 1});
  tree.add("intel-rapl:1", {.name = "package-0-die-1", .energy_uj = 2});
  tree.add("intel-rapl:0:0", {.name = "uncore"});
  tree.add("intel-rapl:2", {.name = "package-1"});
  const std::vector<Domain> measured{package_0()};
  const auto opened = RaplPowercap::open(tree.root(), measured);
  EXPECT_THAT(counted_of(opened), ElementsAre("package-1"));
  EXPECT_THAT(left_out_of(opened), ElementsAre("package-0-die-0", "package-0-die-1"));
}

TEST(RaplPowercap, a_counter_that_perf_measures_anyway_is_no_obstacle) {
  FakePowercap tree;
  tree.add("intel-rapl:0", {.name = "package-0"});
  tree.deny("intel-rapl:0");
  const std::vector<Domain> measured{package_0()};
  const AsNobody nobody;
  EXPECT_THAT(RaplPowercap::open(tree.root(), measured).obstacles, IsEmpty());
}

}  // namespace
}  // namespace turngreen::energy
