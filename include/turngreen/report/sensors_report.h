#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "turngreen/energy/find_sensors.h"
#include "turngreen/energy/machine.h"
#include "turngreen/energy/step_probe.h"
#include "turngreen/report/measurement_table.h"

namespace turngreen::report {

inline constexpr std::string_view kSensorsSchema = "turngreen.sensors/1";

/// A domain, and what polling it has shown; absent when it was not polled.
struct ObservedDomain {
  energy::Domain domain;
  std::optional<energy::ObservedStep> observed;
};

/// What this machine offers to the meter.
struct SensorsReport {
  energy::Machine machine;
  std::vector<ObservedDomain> domains;
  std::vector<energy::Obstacle> obstacles;
  std::vector<energy::LeftOut> left_out;
  std::vector<std::string> estimate_basis;  ///< a sentence per estimated domain, with its range
};

/// docs/schema/sensors.schema.json, newline at the end. What was not observed is null.
std::string sensors_json(const SensorsReport& report);

std::string sensors_text(const SensorsReport& report, const TableStyle& style);

}  // namespace turngreen::report
