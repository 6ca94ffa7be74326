#pragma once

#include <stdexcept>
#include <string>
#include <vector>

#include "energy/fake_powercap.h"
#include "pipeline/hand_meter.h"
#include "turngreen/pipeline/command_run.h"

namespace turngreen::pipeline {

/// A machine of one package, whose counter stands still: a real meter over a fake /sys.
class OnePackage {
 public:
  OnePackage() { powercap_.add("intel-rapl:0", {.name = "package-0", .energy_uj = 5}); }
  energy::FakePowercap& powercap() { return powercap_; }
  energy::SensorPlaces places() const {
    energy::SensorPlaces places;
    places.powercap = powercap_.root();
    places.event_source = places.hwmon = places.power_supply = empty_.root();
    places.nvml_library = places.amd_smi_library = "no-such-library.so";
    return places;
  }

 private:
  energy::FakePowercap powercap_;
  energy::FakeSysfs empty_;
};

inline CommandRunOptions measuring(std::vector<std::string> command) {
  static const OnePackage machine;
  CommandRunOptions options;
  options.command = std::move(command);
  options.places = machine.places();
  return options;
}

inline Measurement measure(const CommandRunOptions& options) {
  auto measured = run_command(options);
  if (!measured) throw std::runtime_error(measured.error().message);
  return *measured;
}

inline Measurement measure_shell(const std::string& script) {
  return measure(measuring({"sh", "-c", script}));
}

}  // namespace turngreen::pipeline
