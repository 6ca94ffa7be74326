#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "turngreen/energy/find_sensors.h"
#include "turngreen/energy/meter.h"
#include "turngreen/pipeline/measurement.h"
#include "turngreen/units/result.h"

namespace turngreen::pipeline {

/// How to measure one run of a command.
struct CommandRunOptions {
  std::vector<std::string> command;                   ///< program (looked up in PATH) and arguments
  units::Duration period = units::milliseconds(100);  ///< 1 ms to 1 s between samples
  Scope scope = Scope::machine;
  std::optional<Idle> idle;
  energy::SensorPlaces places;
  energy::RecordingWriter* recording = nullptr;  ///< borrowed
  /// Called about every `live_period` while the command runs, from the thread that called
  /// run_command. Must not throw.
  std::function<void(const energy::Statement&)> live;
  units::Duration live_period = units::milliseconds(500);
};

/// Starts the command with the sensors armed before exec, its standard streams untouched and
/// signals passed on, reads its run protocol, and waits for its end. What it left running (a
/// daemon) is said in the faults, not waited for. The error says why it could not be started or
/// measured; a command that fails is no error.
///
/// For its duration it blocks SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGUSR1, SIGUSR2, SIGWINCH, SIGCONT
/// and SIGTSTP in the calling thread in order to pass them on, and makes this process the parent of
/// the command's orphans (PR_SET_CHILD_SUBREAPER) in order to count them: start no other children
/// meanwhile. One call at a time.
Result<Measurement> run_command(const CommandRunOptions& options);

/// Measures the machine at rest for a time: the mean power of the counted domains, with its bounds.
Result<Idle> measure_idle(const energy::SensorPlaces& places, units::Duration duration);

}  // namespace turngreen::pipeline
