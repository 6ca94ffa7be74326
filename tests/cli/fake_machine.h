#pragma once

#include <string>
#include <vector>

#include "report/scratch_directory.h"

namespace turngreen::cli {

/// A machine for the program to find: one RAPL package in a fake powercap tree, and nothing else.
class FakeMachine {
 public:
  FakeMachine() {
    for (const char* name : {"powercap", "events", "hwmon", "power_supply", "cpu"}) {
      std::filesystem::create_directory(scratch_ / name);
    }
  }

  void add_package(long energy_uj) {
    const auto zone = scratch_ / "powercap/intel-rapl:0";
    std::filesystem::create_directory(zone);
    report::write_file(zone / "name", "package-0\n");
    report::write_file(zone / "energy_uj", std::to_string(energy_uj) + "\n");
    report::write_file(zone / "max_energy_range_uj", "262143328850\n");
  }

  std::string energy_file() const {
    return (scratch_ / "powercap/intel-rapl:0/energy_uj").string();
  }
  std::filesystem::path operator/(const std::string& name) const { return scratch_ / name; }

  /// `command`, the options that point it at this machine, then `more`.
  std::vector<std::string> arguments(const std::string& command,
                                     const std::vector<std::string>& more = {},
                                     const std::string& proc = "/proc") const {
    std::vector<std::string> all{command,
                                 "--powercap-root",
                                 (scratch_ / "powercap").string(),
                                 "--event-source-root",
                                 (scratch_ / "events").string(),
                                 "--hwmon-root",
                                 (scratch_ / "hwmon").string(),
                                 "--power-supply-root",
                                 (scratch_ / "power_supply").string(),
                                 "--proc-root",
                                 proc,
                                 "--nvml-library",
                                 "/nonexistent/libnvml.so",
                                 "--amd-smi-library",
                                 "/nonexistent/libamd.so"};
    all.insert(all.end(), more.begin(), more.end());
    return all;
  }

 private:
  report::ScratchDirectory scratch_;
};

}  // namespace turngreen::cli
