#include "energy/microarchitecture.h"

#include <gtest/gtest.h>

namespace turngreen::energy {
namespace {

Microarchitecture intel(unsigned model, unsigned stepping = 0) {
  return find_microarchitecture({"GenuineIntel", 6, model, stepping, {}}, {});
}

Microarchitecture amd(unsigned family, unsigned model) {
  return find_microarchitecture({"AuthenticAMD", family, model, 0, {}}, {});
}

Microarchitecture arm(unsigned implementer, unsigned part) {
  return find_microarchitecture({}, {{}, 4, 0, implementer, part});
}

TEST(Microarchitecture, intel_servers_have_coefficients_of_their_own) {
  EXPECT_EQ(intel(0x1A).name, "Nehalem");
  EXPECT_EQ(intel(0x2D).cpu_class, CpuClass::sandy_bridge_server);
  EXPECT_EQ(intel(0x4F).cpu_class, CpuClass::broadwell_server);
  EXPECT_EQ(intel(0x6A).cpu_class, CpuClass::ice_lake_server);
  EXPECT_EQ(intel(0x8F).cpu_class, CpuClass::sapphire_rapids_server);
  EXPECT_EQ(intel(0xCF).cpu_class, CpuClass::emerald_rapids_server);
  EXPECT_EQ(intel(0xAD).name, "Granite Rapids");
}

TEST(Microarchitecture, one_intel_model_number_is_three_generations_told_apart_by_stepping) {
  EXPECT_EQ(intel(0x55, 4).name, "Skylake");
  EXPECT_EQ(intel(0x55, 7).name, "Cascade Lake");
  EXPECT_EQ(intel(0x55, 11).name, "Cooper Lake");
}

TEST(Microarchitecture, intel_client_parts_are_named_and_fall_under_client) {
  EXPECT_EQ(intel(0x7E).name, "Ice Lake");
  EXPECT_EQ(intel(0x7E).cpu_class, CpuClass::client);
  EXPECT_EQ(intel(0x9E, 9).name, "Kaby Lake");
  EXPECT_EQ(intel(0x9E, 10).name, "Coffee Lake");
  EXPECT_EQ(intel(0xB7).name, "Raptor Lake");
  EXPECT_EQ(intel(0xC6).name, "Arrow Lake");
}

TEST(Microarchitecture, amd_generations_are_told_apart_by_family_and_range_of_models) {
  EXPECT_EQ(amd(0x17, 0x01).cpu_class, CpuClass::epyc_1);
  EXPECT_EQ(amd(0x17, 0x08).name, "Zen+");
  EXPECT_EQ(amd(0x17, 0x31).cpu_class, CpuClass::epyc_2);
  EXPECT_EQ(amd(0x17, 0x71).name, "Zen 2");
  EXPECT_EQ(amd(0x19, 0x01).cpu_class, CpuClass::epyc_3);
  EXPECT_EQ(amd(0x19, 0x21).name, "Zen 3");
  EXPECT_EQ(amd(0x19, 0x21).cpu_class, CpuClass::client);
  EXPECT_EQ(amd(0x19, 0x11).cpu_class, CpuClass::epyc_4);
  EXPECT_EQ(amd(0x19, 0x61).cpu_class, CpuClass::client);
  EXPECT_EQ(amd(0x19, 0xA0).cpu_class, CpuClass::epyc_4);
  EXPECT_EQ(amd(0x1A, 0x02).cpu_class, CpuClass::epyc_5);
  EXPECT_EQ(amd(0x1A, 0x44).name, "Zen 5");
  EXPECT_EQ(amd(0x1A, 0x44).cpu_class, CpuClass::client);
}

TEST(Microarchitecture, arm_parts_are_known_by_implementer_and_part) {
  EXPECT_EQ(arm(0x41, 0xD0C).name, "Neoverse N1");
  EXPECT_EQ(arm(0x41, 0xD4F).cpu_class, CpuClass::neoverse);
  EXPECT_EQ(arm(0x61, 0x022).name, "Apple M1");
}

TEST(Microarchitecture, what_is_not_in_the_table_is_unknown) {
  for (const auto& unknown : {intel(0x06), amd(0x0F, 107), amd(0x17, 0xF0), arm(0, 0),
                              find_microarchitecture({"CentaurHauls", 6, 0x6A, 0, {}}, {})}) {
    EXPECT_TRUE(unknown.name.empty());
    EXPECT_EQ(unknown.cpu_class, CpuClass::unknown);
  }
}

#if defined(__x86_64__)
TEST(CpuIdentity, this_processor_tells_its_vendor_and_family) {
  const CpuIdentity id = read_cpuid();
  EXPECT_EQ(id.vendor.size(), 12U);
  EXPECT_GE(id.family, 6U);
}
#endif

}  // namespace
}  // namespace turngreen::energy
