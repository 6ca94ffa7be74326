#include "turngreen/energy/amd_smi.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "energy/fake_amd_smi.h"
#include "energy/fake_nvml.h"

namespace turngreen::energy {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr std::uint32_t kNotAvailable = 0xFFFF;

std::unique_ptr<AmdSmi> open() {
  auto opened = AmdSmi::open(FakeAmdSmi::path());
  if (!opened) throw std::runtime_error(opened.error().message);
  return std::move(*opened);
}

std::vector<Reading> read(AmdSmi& amd) {
  std::vector<Reading> readings(amd.domains().size());
  amd.read(readings);
  return readings;
}

std::vector<std::string> names(const AmdSmi& amd) {
  std::vector<std::string> all;
  for (const auto& domain : amd.domains()) all.push_back(domain.name);
  return all;
}

TEST(AmdSmi, without_the_library_nothing_is_found) {
  const auto opened = AmdSmi::open("libturngreen-no-such-library.so");
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().kind, Error::Kind::not_found);
}

TEST(AmdSmi, a_library_that_is_not_amd_smi_is_refused) {
  const auto opened = AmdSmi::open(FakeNvml::path());
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().kind, Error::Kind::unsupported);
}

TEST(AmdSmi, a_driver_that_is_not_loaded_is_not_found_and_one_closed_to_us_is_no_permission) {
  FakeAmdSmi fake;
  fake.library().init_status = 34;
  EXPECT_EQ(AmdSmi::open(FakeAmdSmi::path()).error().kind, Error::Kind::not_found);
  fake.library().init_status = 10;
  EXPECT_EQ(AmdSmi::open(FakeAmdSmi::path()).error().kind, Error::Kind::no_permission);
}

TEST(AmdSmi, is_shut_down_as_often_as_it_was_initialised) {
  FakeAmdSmi fake;
  EXPECT_FALSE(AmdSmi::open(FakeAmdSmi::path()));
  fake.add_gpu("u0");
  open();
  EXPECT_EQ(fake.library().inits, 2);
  EXPECT_EQ(fake.library().shutdowns, 2);
}

TEST(AmdSmi, the_accumulator_is_counted_in_the_resolution_that_the_library_states) {
  FakeAmdSmi fake;
  fake.add_gpu("u0").accumulator = 77;
  const auto amd = open();
  ASSERT_THAT(names(*amd), ElementsAre("amd-gpu-0", "amd-gpu-0-power"));
  const Domain& counter = amd->domains()[0];
  EXPECT_EQ(counter.quantity, Quantity::energy);
  EXPECT_EQ(counter.unit, (RawUnit{15259, 1000}));
  EXPECT_TRUE(counter.counted());
  EXPECT_TRUE(counter.always_draws);
  EXPECT_EQ(read(*amd)[0], Reading::of(77));
}

TEST(AmdSmi, power_beside_the_accumulator_is_not_counted_and_has_five_percent_and_a_watt) {
  FakeAmdSmi fake;
  fake.add_gpu("u0");
  const auto amd = open();
  const Domain& power = amd->domains()[1];
  EXPECT_EQ(power.quantity, Quantity::power);
  EXPECT_EQ(power.unit, (RawUnit{1'000'000, 1}));
  EXPECT_EQ(power.contained_in, "amd-gpu-0");
  EXPECT_FALSE(power.counted());
  EXPECT_EQ(read(*amd)[1], (Reading{Reading::State::ok, 300, 284, 316}));
}

TEST(AmdSmi, power_is_found_in_the_older_layout_too) {
  FakeAmdSmi fake;
  fake.add_gpu("MI300").power_words = {717, kNotAvailable, 800, 800};
  fake.add_gpu("MI200").power_words = {kNotAvailable, 94, 800, 800};
  const auto amd = open();
  const auto readings = read(*amd);
  EXPECT_EQ(readings[1].value, 717U);
  EXPECT_EQ(readings[3].value, 94U);
}

TEST(AmdSmi, without_an_accumulator_the_power_is_counted) {
  FakeAmdSmi fake;
  fake.add_gpu("u0").energy_status = 2;
  const auto amd = open();
  ASSERT_THAT(names(*amd), ElementsAre("amd-gpu-0-power"));
  EXPECT_TRUE(amd->domains()[0].counted());
  EXPECT_FALSE(amd->domains()[0].contained_in);
}

TEST(AmdSmi, a_resolution_of_zero_makes_no_counter) {
  FakeAmdSmi fake;
  fake.add_gpu("u0").resolution_uj = 0;
  EXPECT_THAT(names(*open()), ElementsAre("amd-gpu-0-power"));
}

TEST(AmdSmi, the_second_die_of_an_mi250_is_left_out_with_a_note) {
  FakeAmdSmi fake;
  fake.add_gpu("primary");
  auto& secondary = fake.add_gpu("secondary");
  secondary.accumulator = 0;
  secondary.power_words = {kNotAvailable, 0, 0, 0};
  const auto amd = open();
  EXPECT_THAT(names(*amd), ElementsAre("amd-gpu-0", "amd-gpu-0-power"));
  EXPECT_THAT(amd->notes(), ElementsAre(HasSubstr("AMD GPU 1 has never drawn anything")));
}

TEST(AmdSmi, a_failed_read_is_missing_or_denied_and_never_zero) {
  FakeAmdSmi fake;
  fake.add_gpu("u0");
  const auto amd = open();
  fake.gpu(0).energy_status = 10;
  fake.gpu(0).power_words = {kNotAvailable, 0, 0, 0};
  EXPECT_THAT(read(*amd), ElementsAre(Reading::denied(), Reading::missing()));
}

TEST(AmdSmi, gpus_that_tell_nothing_are_unsupported) {
  FakeAmdSmi fake;
  auto& gpu = fake.add_gpu("u0");
  gpu.energy_status = gpu.power_status = 2;
  const auto opened = AmdSmi::open(FakeAmdSmi::path());
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().kind, Error::Kind::unsupported);
  EXPECT_THAT(opened.error().message, HasSubstr("neither energy (status 2) nor power (status 2)"));
}

}  // namespace
}  // namespace turngreen::energy
