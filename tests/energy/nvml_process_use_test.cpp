#include "energy/nvml_process_use.h"

#include <gtest/gtest.h>

#include <array>

#include "energy/fake_nvml.h"

namespace turngreen::energy {
namespace {

constexpr pid_t kOurs = 1000;
constexpr pid_t kTheirs = 2000;
constexpr unsigned long long kSecond = 1'000'000;

std::unique_ptr<NvmlProcessUse> open_gpu(const std::string& uuid) {
  const std::array<std::string, 1> uuids{uuid};
  auto opened = NvmlProcessUse::open(FakeNvml::path(), uuids);
  if (!opened) throw std::runtime_error(opened.error().message);
  return std::move(*opened);
}

ShareReading read(NvmlProcessUse& use) {
  const std::array<pid_t, 1> pids{kOurs};
  std::array<ShareReading, 1> out;
  use.read(pids, out);
  return out[0];
}

TEST(NvmlProcessUse, utilisation_times_time_is_summed_for_us_and_for_all) {
  FakeNvml fake;
  auto& gpu = fake.add_gpu("GPU-a");
  const auto use = open_gpu("GPU-a");
  const auto start = gpu.last_seen;
  gpu.samples = {{kOurs, start + kSecond, 60}, {kTheirs, start + kSecond, 20}};
  const auto first = read(*use);
  EXPECT_TRUE(first.known);
  EXPECT_EQ(first.tree, units::milliseconds(600));
  EXPECT_EQ(first.whole, units::milliseconds(800));

  gpu.samples = {{kTheirs, start + 3 * kSecond, 50}};
  const auto second = read(*use);
  EXPECT_EQ(second.tree, units::milliseconds(600));
  EXPECT_EQ(second.whole, units::milliseconds(1800));
}

TEST(NvmlProcessUse, a_sample_is_counted_once) {
  FakeNvml fake;
  auto& gpu = fake.add_gpu("GPU-a");
  const auto use = open_gpu("GPU-a");
  gpu.samples = {{kOurs, gpu.last_seen + kSecond, 100}};
  read(*use);
  EXPECT_EQ(read(*use).tree, units::seconds(1));
}

TEST(NvmlProcessUse, what_was_sampled_before_it_was_opened_does_not_count) {
  FakeNvml fake;
  auto& gpu = fake.add_gpu("GPU-a");
  gpu.samples = {{kOurs, 5 * kSecond, 100}};
  const auto use = open_gpu("GPU-a");
  EXPECT_TRUE(read(*use).known);
  EXPECT_EQ(read(*use).whole, units::seconds(0));
}

TEST(NvmlProcessUse, samples_beyond_a_hundred_percent_are_garbage) {
  FakeNvml fake;
  auto& gpu = fake.add_gpu("GPU-a");
  const auto use = open_gpu("GPU-a");
  gpu.samples = {{0, gpu.last_seen + kSecond, 4'000'000'000U}};
  EXPECT_EQ(read(*use).whole, units::seconds(0));
}

TEST(NvmlProcessUse, under_mig_nothing_is_known) {
  FakeNvml fake;
  fake.add_gpu("GPU-a").mig = true;
  EXPECT_EQ(read(*open_gpu("GPU-a")), ShareReading{});
}

TEST(NvmlProcessUse, a_driver_without_samples_leaves_it_unknown) {
  FakeNvml fake;
  auto& gpu = fake.add_gpu("GPU-a");
  const auto use = open_gpu("GPU-a");
  EXPECT_TRUE(read(*use).known);
  gpu.samples_status = 15;
  EXPECT_FALSE(read(*use).known);
}

TEST(NvmlProcessUse, more_processes_than_there_is_room_for_are_told_later) {
  FakeNvml fake;
  auto& gpu = fake.add_gpu("GPU-a");
  const auto use = open_gpu("GPU-a");
  const auto start = gpu.last_seen;
  gpu.samples.assign(2000, {kTheirs, start + kSecond, 1});
  EXPECT_TRUE(read(*use).known);
  EXPECT_EQ(read(*use).whole, units::seconds(0));
  gpu.samples = {{kOurs, start + 2 * kSecond, 50}};
  EXPECT_EQ(read(*use).tree, units::seconds(1));
}

TEST(NvmlProcessUse, a_uuid_that_is_not_there_is_an_error) {
  FakeNvml fake;
  const std::array<std::string, 1> uuids{"GPU-none"};
  const auto opened = NvmlProcessUse::open(FakeNvml::path(), uuids);
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().kind, Error::Kind::not_found);
}

}  // namespace
}  // namespace turngreen::energy
