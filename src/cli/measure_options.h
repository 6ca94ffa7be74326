#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "outputs.h"
#include "turngreen/energy/find_sensors.h"
#include "turngreen/pipeline/measurement.h"
#include "turngreen/units/result.h"

namespace turngreen::cli {

/// The options of `measure`, as typed.
struct MeasureOptions {
  OutputOptions output;
  std::string record;
  std::string repeat = "1";
  std::string cool_down = "0s";
  std::string interval = "100ms";
  std::string idle;
  std::string scope = "machine";
  bool live = false;
  energy::SensorPlaces places;
};

void add_measure_options(CLI::App& app, MeasureOptions& options);

/// The same, understood and checked.
struct MeasurePlan {
  std::vector<std::string> command;
  int repeat = 1;
  units::Duration cool_down;
  units::Duration interval;
  std::optional<units::Power> idle_given;
  std::optional<units::Duration> idle_measured_for;
  pipeline::Scope scope = pipeline::Scope::machine;
  std::optional<std::uint16_t> metrics_port;  ///< --prometheus :PORT
  Outputs outputs;
};

/// The error holds one line for each fault.
Result<MeasurePlan> plan_measurement(const MeasureOptions& options,
                                     const std::vector<std::string>& command);

}  // namespace turngreen::cli
