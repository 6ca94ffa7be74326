#include "turngreen/energy/tree_share.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <stdexcept>
#include <vector>

#include "energy/fake_nvml.h"
#include "energy/fake_sysfs.h"

namespace turngreen::energy {
namespace {

constexpr unsigned long long kSecond = 1'000'000;

Domain domain(const std::string& name, DomainKind kind, Source source,
              const std::string& origin = "somewhere") {
  Domain d;
  d.name = name;
  d.kind = kind;
  d.source = source;
  d.origin = origin;
  return d;
}

Domain gpu_domain(const std::string& name, const std::string& uuid, Source source) {
  return domain(name, DomainKind::gpu, source, uuid + " NVIDIA H100, told by a test");
}

/// The share of a child that waits for its end, without a cgroup.
class TreeShareTest : public testing::Test {
 protected:
  TreeShareTest()
      : cpu_(ProcessShare::prepare(proc_.root() / "no-cgroups").value()), child_(fork()) {
    if (child_ == 0) {
      for (;;) pause();
    }
    if (child_ < 0) throw std::runtime_error("fork failed");
    cpu_.watch(child_);
    set_pid_namespace("pid:[4026531836]");
  }
  ~TreeShareTest() override {
    kill(child_, SIGKILL);
    waitpid(child_, nullptr, 0);
  }

  /// NVML knows processes by their number in the initial PID namespace.
  void set_pid_namespace(const std::string& name) {
    proc_.remove("self");
    std::filesystem::create_directories(proc_.root() / "self/ns");
    std::filesystem::create_symlink(name, proc_.root() / "self/ns/pid");
  }

  std::unique_ptr<TreeShare> share_of(const std::vector<Domain>& domains) {
    size_ = domains.size();
    return std::make_unique<TreeShare>(domains, cpu_, FakeNvml::path(), proc_.root());
  }

  std::vector<ShareReading> read(TreeShare& share) const {
    std::vector<ShareReading> readings(size_);
    share.read(readings);
    return readings;
  }

  FakeSysfs proc_;
  ProcessShare cpu_;
  pid_t child_;
  std::size_t size_ = 0;
};

TEST_F(TreeShareTest, packages_their_parts_and_memory_are_shared_by_processor_time) {
  const auto share = share_of({domain("package-0", DomainKind::package, Source::rapl_perf),
                               domain("cores-0", DomainKind::cores, Source::rapl_perf),
                               domain("dram-0", DomainKind::dram, Source::rapl_perf),
                               domain("cpu", DomainKind::package, Source::estimator)});
  const auto readings = read(*share);
  for (const auto& reading : readings) {
    EXPECT_TRUE(reading.known);
    EXPECT_EQ(reading, readings.front());
  }
  EXPECT_GT(readings.front().whole, units::Duration{});
}

TEST_F(TreeShareTest, whole_machine_and_foreign_sensors_are_unknown) {
  const auto share = share_of({domain("psys", DomainKind::platform, Source::rapl_powercap),
                               domain("board", DomainKind::board, Source::hwmon),
                               domain("battery", DomainKind::battery, Source::battery),
                               domain("amd-gpu-0", DomainKind::gpu, Source::amd_smi),
                               domain("gpu-0", DomainKind::module, Source::nvml_counter, "GPU-a")});
  for (const auto& reading : read(*share)) EXPECT_EQ(reading, ShareReading{});
}

TEST_F(TreeShareTest, nvidia_gpus_are_shared_by_the_time_on_their_multiprocessors) {
  FakeNvml fake;
  fake.add_gpu("GPU-a");
  fake.add_gpu("GPU-b");
  const auto share = share_of({gpu_domain("gpu-0", "GPU-a", Source::nvml_counter),
                               gpu_domain("gpu-0-power", "GPU-a", Source::nvml_power),
                               gpu_domain("gpu-1", "GPU-b", Source::nvml_counter)});
  const auto ours = static_cast<unsigned>(child_);
  const auto later = fake.gpu(0).last_seen + kSecond;
  fake.gpu(0).samples = {{ours, later, 30}, {ours + 1, later, 10}};
  const auto readings = read(*share);
  EXPECT_TRUE(readings[0].known);
  EXPECT_EQ(readings[0].tree, units::milliseconds(300));
  EXPECT_EQ(readings[0].whole, units::milliseconds(400));
  EXPECT_EQ(readings[1], readings[0]);
  EXPECT_TRUE(readings[2].known);
  EXPECT_EQ(readings[2].whole, units::Duration{});
}

TEST_F(TreeShareTest, in_a_pid_namespace_of_our_own_gpu_shares_are_unknown) {
  FakeNvml fake;
  fake.add_gpu("GPU-a");
  set_pid_namespace("pid:[4026532000]");
  const auto share = share_of({gpu_domain("gpu-0", "GPU-a", Source::nvml_counter)});
  EXPECT_EQ(read(*share)[0], ShareReading{});
}

TEST_F(TreeShareTest, a_gpu_that_the_library_does_not_know_is_unknown) {
  FakeNvml fake;
  const auto share = share_of({gpu_domain("gpu-0", "GPU-a", Source::nvml_counter),
                               domain("cpu", DomainKind::package, Source::estimator)});
  const auto readings = read(*share);
  EXPECT_FALSE(readings[0].known);
  EXPECT_TRUE(readings[1].known);
}

}  // namespace
}  // namespace turngreen::energy
