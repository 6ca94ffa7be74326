#include "turngreen/energy/nvml.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "energy/fake_amd_smi.h"
#include "energy/fake_nvml.h"

namespace turngreen::energy {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::unique_ptr<Nvml> open_all() {
  auto opened = Nvml::open(FakeNvml::path(), std::nullopt);
  if (!opened) throw std::runtime_error(opened.error().message);
  return std::move(*opened);
}

std::vector<Reading> read(Nvml& nvml) {
  std::vector<Reading> readings(nvml.domains().size());
  nvml.read(readings);
  return readings;
}

std::vector<std::string> names(const Nvml& nvml) {
  std::vector<std::string> all;
  for (const auto& domain : nvml.domains()) all.push_back(domain.name);
  return all;
}

TEST(Nvml, without_the_library_nothing_is_found) {
  const auto opened = Nvml::open("libturngreen-no-such-library.so.1", std::nullopt);
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().kind, Error::Kind::not_found);
  EXPECT_THAT(opened.error().message, HasSubstr("libturngreen-no-such-library.so.1"));
}

TEST(Nvml, a_library_that_is_not_nvml_is_refused) {
  const auto opened = Nvml::open(FakeAmdSmi::path(), std::nullopt);
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().kind, Error::Kind::unsupported);
}

TEST(Nvml, a_driver_that_is_not_loaded_is_not_found_and_one_closed_to_us_is_no_permission) {
  FakeNvml fake;
  fake.driver().init_status = 9;
  EXPECT_EQ(Nvml::open(FakeNvml::path(), std::nullopt).error().kind, Error::Kind::not_found);
  fake.driver().init_status = 4;
  EXPECT_EQ(Nvml::open(FakeNvml::path(), std::nullopt).error().kind, Error::Kind::no_permission);
}

TEST(Nvml, a_driver_without_gpus_is_not_found) {
  FakeNvml fake;
  EXPECT_EQ(Nvml::open(FakeNvml::path(), std::nullopt).error().kind, Error::Kind::not_found);
}

TEST(Nvml, is_shut_down_as_often_as_it_was_initialised) {
  FakeNvml fake;
  EXPECT_FALSE(Nvml::open(FakeNvml::path(), std::nullopt));
  fake.add_gpu("GPU-a");
  open_all();
  EXPECT_EQ(fake.driver().inits, 2);
  EXPECT_EQ(fake.driver().shutdowns, 2);
}

TEST(Nvml, the_energy_counter_is_counted_and_the_power_beside_it_is_not) {
  FakeNvml fake;
  fake.add_gpu("GPU-a").millijoules = 1234;
  const auto nvml = open_all();
  ASSERT_THAT(names(*nvml), ElementsAre("gpu-0", "gpu-0-power"));

  const Domain& counter = nvml->domains()[0];
  EXPECT_EQ(counter.source, Source::nvml_counter);
  EXPECT_EQ(counter.quantity, Quantity::energy);
  EXPECT_EQ(counter.unit, (RawUnit{1000, 1}));
  EXPECT_EQ(counter.step, units::milliseconds(100));
  EXPECT_TRUE(counter.counted());
  EXPECT_TRUE(counter.always_draws);
  EXPECT_FALSE(counter.wraps_at);
  EXPECT_THAT(counter.origin, testing::StartsWith("GPU-a NVIDIA H100"));

  const Domain& power = nvml->domains()[1];
  EXPECT_EQ(power.source, Source::nvml_power);
  EXPECT_EQ(power.quantity, Quantity::power);
  EXPECT_FALSE(power.counted());
  EXPECT_EQ(power.contained_in, "gpu-0");

  EXPECT_EQ(read(*nvml)[0], Reading::of(1234));
  EXPECT_TRUE(nvml->notes().empty());
}

TEST(Nvml, without_an_energy_counter_the_power_is_counted_and_a_note_says_so) {
  FakeNvml fake;
  fake.add_gpu("GPU-a").energy_status = 3;
  const auto nvml = open_all();
  ASSERT_THAT(names(*nvml), ElementsAre("gpu-0-power"));
  EXPECT_TRUE(nvml->domains()[0].counted());
  EXPECT_FALSE(nvml->domains()[0].contained_in);
  EXPECT_THAT(nvml->notes(), ElementsAre(HasSubstr("no energy counter")));
}

TEST(Nvml, power_is_right_to_five_watts_or_five_percent_whichever_is_more) {
  FakeNvml fake;
  fake.add_gpu("GPU-a").instant_milliwatts = 400'000;
  const auto nvml = open_all();
  EXPECT_EQ(read(*nvml)[1], (Reading{Reading::State::ok, 400'000, 380'000, 420'000}));
  fake.gpu(0).instant_milliwatts = 20'000;
  EXPECT_EQ(read(*nvml)[1], (Reading{Reading::State::ok, 20'000, 15'000, 25'000}));
  fake.gpu(0).instant_milliwatts = 2'000;
  EXPECT_EQ(read(*nvml)[1], (Reading{Reading::State::ok, 2'000, 0, 7'000}));
}

TEST(Nvml, without_the_instant_field_a_newer_gpu_tells_a_mean_over_a_second) {
  FakeNvml fake;
  auto& gpu = fake.add_gpu("GPU-a");
  gpu.instant_status = 3;
  const auto hopper = open_all();
  EXPECT_EQ(hopper->domains()[1].step, units::seconds(1));
  EXPECT_THAT(hopper->domains()[1].origin, HasSubstr("averaged over 1 s"));
  EXPECT_EQ(read(*hopper)[1].value, 70'000U);

  gpu.architecture = 5;
  const auto volta = open_all();
  EXPECT_EQ(volta->domains()[1].step, units::milliseconds(100));
}

TEST(Nvml, power_that_only_the_module_tells_is_labelled_module) {
  FakeNvml fake;
  auto& gpu = fake.add_gpu("GPU-a");
  gpu.instant_status = 3;
  gpu.instant_module_status = 0;
  const auto nvml = open_all();
  EXPECT_EQ(nvml->domains()[0].kind, DomainKind::module);
  EXPECT_EQ(nvml->domains()[1].kind, DomainKind::module);
  EXPECT_THAT(nvml->notes(), ElementsAre(HasSubstr("CPU and memory included")));
}

TEST(Nvml, the_counter_of_a_grace_hopper_is_the_modules_though_its_power_is_the_gpus) {
  FakeNvml fake;
  fake.add_gpu("GPU-a").name = "NVIDIA GH200 480GB";
  const auto nvml = open_all();
  EXPECT_EQ(nvml->domains()[0].kind, DomainKind::module);
  EXPECT_EQ(nvml->domains()[1].kind, DomainKind::gpu);
}

TEST(Nvml, a_gpu_that_is_lost_reads_as_missing_and_one_closed_to_us_as_denied) {
  FakeNvml fake;
  fake.add_gpu("GPU-a");
  const auto nvml = open_all();
  fake.gpu(0).energy_status = 15;
  fake.gpu(0).instant_status = 4;
  EXPECT_THAT(read(*nvml), ElementsAre(Reading::missing(), Reading::denied()));
}

TEST(Nvml, the_ceiling_is_twice_the_largest_power_limit) {
  FakeNvml fake;
  fake.add_gpu("GPU-a").max_limit_milliwatts = 700'000;
  fake.add_gpu("GPU-b").max_limit_milliwatts = 0;
  const auto nvml = open_all();
  EXPECT_EQ(nvml->domains()[0].max_power, units::watts(1400));
  EXPECT_EQ(nvml->domains()[2].max_power, units::watts(3000));
}

TEST(Nvml, a_gpu_divided_by_mig_is_measured_whole_and_says_so) {
  FakeNvml fake;
  fake.add_gpu("GPU-a").mig = true;
  const auto nvml = open_all();
  EXPECT_THAT(names(*nvml), ElementsAre("gpu-0", "gpu-0-power"));
  EXPECT_THAT(nvml->notes(), ElementsAre(HasSubstr("a slice cannot be")));
}

TEST(Nvml, a_gpu_that_tells_nothing_is_left_out_with_a_note) {
  FakeNvml fake;
  auto& silent = fake.add_gpu("GPU-a");
  silent.energy_status = silent.instant_status = silent.usage_status = 3;
  fake.add_gpu("GPU-b").handle_status = 4;
  fake.add_gpu("GPU-c");
  const auto nvml = open_all();
  EXPECT_THAT(names(*nvml), ElementsAre("gpu-2", "gpu-2-power"));
  EXPECT_THAT(nvml->notes(), ElementsAre(HasSubstr("GPU 1 cannot be read"),
                                         HasSubstr("neither energy nor power")));
}

TEST(Nvml, cuda_visible_devices_selects_and_the_names_stay_those_of_the_machine) {
  FakeNvml fake;
  fake.add_gpu("GPU-a");
  fake.add_gpu("GPU-b");
  const auto nvml = Nvml::open(FakeNvml::path(), "GPU-b");
  ASSERT_TRUE(nvml) << nvml.error().message;
  EXPECT_THAT(names(**nvml), ElementsAre("gpu-1", "gpu-1-power"));
  EXPECT_THAT((*nvml)->notes(),
              ElementsAre(HasSubstr("GPU 0 (NVIDIA H100 80GB HBM3) is left out")));
}

TEST(Nvml, a_mig_slice_selects_the_gpu_that_it_is_part_of) {
  FakeNvml fake;
  fake.add_gpu("GPU-a");
  fake.add_gpu("GPU-b").mig = true;
  fake.driver().mig_parents["MIG-1234"] = 1;
  const auto nvml = Nvml::open(FakeNvml::path(), "MIG-1234");
  ASSERT_TRUE(nvml) << nvml.error().message;
  EXPECT_THAT(names(**nvml), ElementsAre("gpu-1", "gpu-1-power"));
  EXPECT_THAT((*nvml)->notes(), testing::Contains(HasSubstr("MIG-1234 is a slice of GPU 1")));
}

TEST(Nvml, hidden_gpus_are_unsupported_with_the_variable_in_the_message) {
  FakeNvml fake;
  fake.add_gpu("GPU-a");
  const auto nvml = Nvml::open(FakeNvml::path(), "");
  ASSERT_FALSE(nvml);
  EXPECT_EQ(nvml.error().kind, Error::Kind::unsupported);
  EXPECT_THAT(nvml.error().message, HasSubstr("CUDA_VISIBLE_DEVICES=\"\""));
}

}  // namespace
}  // namespace turngreen::energy
