#pragma once

#include <fcntl.h>
#include <unistd.h>

#include <cstdint>
#include <filesystem>
#include <stdexcept>
#include <string>

#include "energy/fake_sysfs.h"

namespace turngreen::energy {

struct FakeZone {
  std::string name;  ///< "package-0", "package-1-die-0", "core", "uncore", "dram", "psys"
  std::uint64_t energy_uj = 0;
  std::uint64_t range_uj = 262143328850;
  std::uint64_t max_power_uw = 0;  ///< constraint_0_max_power_uw; Intel reports 0 where it has none
  std::uint64_t power_limit_uw = 0;  ///< constraint_0_power_limit_uw
  bool has_limits = true;            ///< AMD's zones have no constraint files at all
};

/// A temporary directory in powercap's layout (/sys/class/powercap, flat), gone at scope exit.
class FakePowercap {
 public:
  const std::filesystem::path& root() const { return tree_.root(); }
  FakeSysfs& tree() { return tree_; }

  /// `zone` is the directory's name: "intel-rapl:0", "intel-rapl:0:0", "intel-rapl-mmio:0".
  void add(const std::string& zone, const FakeZone& contents) {
    tree_.write(zone + "/name", contents.name);
    tree_.write(zone + "/max_energy_range_uj", std::to_string(contents.range_uj));
    if (contents.has_limits) {
      tree_.write(zone + "/constraint_0_name", "long_term");
      tree_.write(zone + "/constraint_0_max_power_uw", std::to_string(contents.max_power_uw));
      tree_.write(zone + "/constraint_0_power_limit_uw", std::to_string(contents.power_limit_uw));
    }
    set_energy_uj(zone, contents.energy_uj);
  }

  /// One write of constant length: a thread that reads meanwhile never sees an empty file.
  void set_energy_uj(const std::string& zone, std::uint64_t value) {
    std::string text = std::to_string(value);
    text.resize(24, '\n');
    const std::string path = energy_file(zone).string();
    const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0644);
    if (fd < 0) throw std::runtime_error("cannot write " + path);
    const ssize_t written = ::pwrite(fd, text.data(), text.size(), 0);
    ::close(fd);
    if (written != static_cast<ssize_t>(text.size()))
      throw std::runtime_error("short write to " + path);
  }

  void remove(const std::string& zone) { tree_.remove(zone); }
  /// Nobody but root may read the counter, as since Linux 5.10 (where even its owner is root).
  void deny(const std::string& zone) { tree_.chmod(zone + "/energy_uj", 0); }

  std::filesystem::path energy_file(const std::string& zone) const {
    return root() / zone / "energy_uj";
  }

 private:
  FakeSysfs tree_;
};

}  // namespace turngreen::energy
