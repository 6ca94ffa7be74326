#pragma once

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "energy/fake_sysfs.h"
#include "turngreen/energy/rapl_perf.h"

namespace turngreen::energy {

/// The `power` PMU: a fake of its description in sysfs and of perf_event_open, which hands out
/// pipes that hold the counts to come. Must outlive what its opener is given to.
class FakePowerPmu {
 public:
  explicit FakePowerPmu(const std::string& cpumask) {
    tree_.write("devices/power/type", "23");
    tree_.write("devices/power/cpumask", cpumask);
  }
  FakePowerPmu(const FakePowerPmu&) = delete;
  FakePowerPmu& operator=(const FakePowerPmu&) = delete;
  ~FakePowerPmu() {
    for (const auto& [event, fd] : pipes_) ::close(fd);
  }

  FakeSysfs& tree() { return tree_; }

  void add_event(const std::string& name, const std::string& config) {
    const std::string file = "devices/power/events/" + name;
    tree_.write(file, config);
    tree_.write(file + ".unit", "Joules");
    tree_.write(file + ".scale", "2.3283064365386962890625e-10");
  }
  void add_cpu(int cpu, unsigned socket, unsigned die = 0) {
    const std::string topology = "cpus/cpu" + std::to_string(cpu) + "/topology/";
    tree_.write(topology + "physical_package_id", std::to_string(socket));
    tree_.write(topology + "die_id", std::to_string(die));
  }

  /// What the event's next reads give, at most 8,000. The first is taken when the sensor is opened.
  void set_counts(std::uint64_t config, int cpu, const std::vector<std::uint64_t>& counts) {
    counts_[{config, cpu}] = counts;
  }
  void refuse(int error) { refusal_ = error; }
  void refuse_on(int cpu, int error) { refused_cpus_[cpu] = error; }
  /// The event answers no more.
  void unplug(std::uint64_t config, int cpu) {
    const auto pipe = pipes_.find({config, cpu});
    ::close(pipe->second);
    pipes_.erase(pipe);
  }

  RaplPerfPlaces places() {
    return {tree_.root() / "devices", tree_.root() / "cpus",
            [this](std::uint32_t type, std::uint64_t config, int cpu) {
              return open_event(type, config, cpu);
            }};
  }

 private:
  int open_event(std::uint32_t type, std::uint64_t config, int cpu) {
    if (type != 23) return -ENOENT;
    if (refusal_ != 0) return -refusal_;
    if (refused_cpus_.contains(cpu)) return -refused_cpus_[cpu];
    int ends[2];
    if (::pipe2(ends, O_NONBLOCK | O_CLOEXEC) != 0) return -errno;
    pipes_[{config, cpu}] = ends[1];
    const std::vector<std::uint64_t>& counts = counts_[{config, cpu}];
    const std::size_t size = counts.size() * sizeof counts[0];
    return ::write(ends[1], counts.data(), size) == static_cast<ssize_t>(size) ? ends[0] : -EIO;
  }

  FakeSysfs tree_;
  std::map<std::pair<std::uint64_t, int>, std::vector<std::uint64_t>> counts_;
  std::map<std::pair<std::uint64_t, int>, int> pipes_;
  std::map<int, int> refused_cpus_;
  int refusal_ = 0;
};

}  // namespace turngreen::energy
