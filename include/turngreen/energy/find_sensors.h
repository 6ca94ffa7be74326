#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "turngreen/energy/estimator.h"
#include "turngreen/energy/opened.h"
#include "turngreen/energy/rapl_perf.h"
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
  std::filesystem::path cpus = "/sys/devices/system/cpu";  ///< tells the socket of a CPU
  PerfEventOpener open_perf_event = energy::open_perf_event;
};

struct FoundSensors {
  std::vector<std::unique_ptr<Sensor>> sensors;  ///< domain names are unique across them
  std::vector<Obstacle> obstacles;
  std::vector<LeftOut> left_out;
};

/// Opens every sensor of this machine. Each joule has one counted domain: mirrors and duplicates
/// are left out, overlapping domains are marked not counted. RAPL is read through perf_event where
/// both ways are open: its 64-bit counts do not wrap and cost less to read. The estimator fills in
/// for what no counted sensor measures (CPU, memory), marked estimated, as far as `estimator`
/// allows.
FoundSensors find_sensors(const SensorPlaces& places = {}, const EstimatorOptions& estimator = {});

}  // namespace turngreen::energy
