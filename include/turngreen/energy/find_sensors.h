#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "turngreen/energy/estimator.h"
#include "turngreen/energy/sensor.h"

namespace turngreen::energy {

/// Where each kind of sensor is looked for; tests point these at fake trees and fake libraries.
struct SensorPlaces {
  std::filesystem::path powercap = "/sys/class/powercap";
  std::filesystem::path event_source = "/sys/bus/event_source/devices";
  std::filesystem::path hwmon = "/sys/class/hwmon";
  std::filesystem::path power_supply = "/sys/class/power_supply";
  std::filesystem::path proc = "/proc";
  std::string nvml_library = "libnvidia-ml.so.1";
  std::string amd_smi_library = "libamd_smi.so";
};

/// A sensor that is there but cannot be used, and the least that would change that.
struct Obstacle {
  std::string sensor;  ///< "RAPL (powercap)"
  std::string reason;  ///< what was tried and what the system answered
  std::string remedy;  ///< the exact command that grants the least right; empty where none would help
};

/// A domain that was found and left out, with the reason (mirrored die, mmio copy, perf beside powercap).
struct LeftOut {
  std::string name;
  std::string origin;
  std::string reason;
};

struct FoundSensors {
  std::vector<std::unique_ptr<Sensor>> sensors;  ///< domain names are unique across them
  std::vector<Obstacle> obstacles;
  std::vector<LeftOut> left_out;
};

/// Opens every sensor of this machine. Each joule has one counted domain: mirrors and duplicates are
/// left out, overlapping domains are marked not counted. The estimator fills in for what no sensor
/// measures (CPU, memory), marked estimated.
FoundSensors find_sensors(const SensorPlaces& places = {}, const EstimatorOptions& estimator = {});

}  // namespace turngreen::energy
