#include "energy/power_pmu.h"

#include <gmock/gmock.h>

#include "energy/fake_sysfs.h"

namespace turngreen::energy {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Optional;

TEST(PowerPmu, the_kernels_scale_is_read_without_rounding) {
  // 2^-32 J in microjoules: 1000000 / 4294967296, shortened by 64.
  EXPECT_THAT(parse_scale("2.3283064365386962890625e-10"), Optional(RawUnit{15625, 67108864}));
}

TEST(PowerPmu, other_scales_are_exact_fractions_too) {
  EXPECT_THAT(parse_scale("1"), Optional(RawUnit{1000000, 1}));
  EXPECT_THAT(parse_scale("1e-6"), Optional(RawUnit{1, 1}));
  EXPECT_THAT(parse_scale("6.103515625e-05"), Optional(RawUnit{15625, 256}));
  EXPECT_THAT(parse_scale("0.000001000"), Optional(RawUnit{1, 1}));
  EXPECT_THAT(parse_scale("2E+3"), Optional(RawUnit{2000000000, 1}));
}

TEST(PowerPmu, a_scale_that_is_no_positive_number_or_does_not_fit_is_refused) {
  for (const char* text :
       {"", ".", "e-6", "0", "-1", "1e", "1e-6x", "1.2.3", "nan", "inf", "0x1p-32", "1e-60", "1e60",
        "1e14", "1.00000000000000000000000000000000000000001"})
    EXPECT_EQ(parse_scale(text), std::nullopt) << text;
}

TEST(PowerPmu, cpu_lists_are_numbers_and_ranges) {
  EXPECT_THAT(parse_cpu_list("0"), Optional(ElementsAre(0)));
  EXPECT_THAT(parse_cpu_list("0,18"), Optional(ElementsAre(0, 18)));
  EXPECT_THAT(parse_cpu_list("0-2,7"), Optional(ElementsAre(0, 1, 2, 7)));
  for (const char* text : {"", "a", "-", "3-1", "0,,1", "0-4294967295", "0-1023,0-1023"})
    EXPECT_EQ(parse_cpu_list(text), std::nullopt) << text;
}

TEST(PowerPmu, describes_itself_in_sysfs) {
  FakeSysfs tree;
  tree.write("type", "23");
  tree.write("cpumask", "0,18");
  tree.write("events/energy-pkg", "event=0x02");
  tree.write("events/energy-pkg.unit", "Joules");
  tree.write("events/energy-pkg.scale", "2.3283064365386962890625e-10");
  const auto pmu = describe_power_pmu(tree.root());
  ASSERT_TRUE(pmu);
  EXPECT_EQ(pmu->type, 23U);
  EXPECT_THAT(pmu->cpus, ElementsAre(0, 18));
  ASSERT_EQ(pmu->events.size(), 1U);
  EXPECT_EQ(pmu->events[0].kind, DomainKind::package);
  EXPECT_EQ(pmu->events[0].config, 2U);
  EXPECT_THAT(pmu->left_out, IsEmpty());
}

TEST(PowerPmu, an_event_that_cannot_be_understood_is_left_out_with_the_reason) {
  FakeSysfs tree;
  tree.write("type", "23");
  tree.write("cpumask", "0");
  tree.write("events/energy-pkg", "event=0x02,umask=0x1");
  tree.write("events/energy-ram", "event=0x03");
  tree.write("events/energy-ram.unit", "Watts");
  tree.write("events/energy-gpu", "event=0x04");
  tree.write("events/energy-gpu.unit", "Joules");
  tree.write("events/energy-gpu.scale", "much");
  const auto pmu = describe_power_pmu(tree.root());
  ASSERT_TRUE(pmu);
  EXPECT_THAT(pmu->events, IsEmpty());
  ASSERT_EQ(pmu->left_out.size(), 3U);
  EXPECT_THAT(pmu->left_out[0].reason, HasSubstr("umask"));
}

TEST(PowerPmu, a_broken_type_or_cpumask_is_an_error_that_names_the_file) {
  FakeSysfs tree;
  EXPECT_EQ(describe_power_pmu(tree.root()).error().kind, Error::Kind::not_found);
  tree.write("type", "power");
  EXPECT_THAT(describe_power_pmu(tree.root()).error().message, HasSubstr("/type"));
  tree.write("type", "23");
  EXPECT_THAT(describe_power_pmu(tree.root()).error().message, HasSubstr("/cpumask"));
}

}  // namespace
}  // namespace turngreen::energy
