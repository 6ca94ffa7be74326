#include "turngreen/pipeline/command_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <ctime>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "attendance.h"
#include "child_environment.h"
#include "child_process.h"
#include "measured_run.h"
#include "run_channel.h"
#include "run_guard.h"
#include "signal_relay.h"

namespace turngreen::pipeline {
namespace {

using energy::Instant;
using units::Duration;

constexpr Duration kShortestPeriod = units::milliseconds(1);
constexpr Duration kLongestPeriod = units::seconds(1);
constexpr Duration kShortestLivePeriod = units::milliseconds(10);

std::int64_t unix_time_ns() {
  timespec now{};
  ::clock_gettime(CLOCK_REALTIME, &now);
  return now.tv_sec * 1'000'000'000LL + now.tv_nsec;
}

Result<std::vector<std::unique_ptr<energy::Sensor>>> open_sensors(
    const energy::SensorPlaces& places) {
  energy::FoundSensors found = energy::find_sensors(places);
  if (!found.sensors.empty()) return std::move(found.sensors);
  std::string reasons;
  for (const energy::Obstacle& obstacle : found.obstacles) {
    reasons += fmt::format("; {}: {}", obstacle.sensor, obstacle.reason);
  }
  return fail(
      Error::Kind::unsupported,
      fmt::format(
          "nothing tells energy on this machine{}. `turngreen sensors` says what would help",
          reasons));
}

Result<void> validate(const CommandRunOptions& options) {
  if (options.command.empty() || options.command.front().empty()) {
    return fail(Error::Kind::invalid_input, "there is no command to run");
  }
  if (options.period < kShortestPeriod || options.period > kLongestPeriod) {
    return fail(Error::Kind::invalid_input,
                fmt::format("the sampling period is {} s; it must be between 0.001 s and 1 s",
                            options.period.in_seconds()));
  }
  if (options.live && options.live_period < kShortestLivePeriod) {
    return fail(Error::Kind::invalid_input,
                fmt::format("the live period is {} s; it must be at least 0.01 s",
                            options.live_period.in_seconds()));
  }
  return {};
}

Result<void> prepare(Sharing& sharing, const CommandRunOptions& options,
                     const std::vector<std::unique_ptr<energy::Sensor>>& sensors) {
  auto prepared = energy::ProcessShare::prepare("/sys/fs/cgroup", options.places.proc);
  if (!prepared) return tl::unexpected(prepared.error());
  sharing.cpu.emplace(std::move(*prepared));
  for (const auto& sensor : sensors) {
    const auto domains = sensor->domains();
    sharing.domains.insert(sharing.domains.end(), domains.begin(), domains.end());
  }
  sharing.tree.emplace(sharing.domains, *sharing.cpu, options.places.nvml_library);
  return {};
}

void subtract_idle(Measurement& measurement) {
  const auto& total = measurement.energy.total.energy;
  if (!measurement.idle || !total || measurement.scope != Scope::machine) return;
  const auto& power = measurement.idle->power;
  const Duration time = measurement.energy.time();
  measurement.above_idle = *total - units::Bounded<units::Energy>{
                                        power.value * time, power.low * time, power.high * time};
}

}  // namespace

Result<Measurement> run_command(const CommandRunOptions& options) {
  return run_measured(options, {}, nullptr);
}

Result<Measurement> run_measured(const CommandRunOptions& options,
                                 const std::vector<std::string>& variables, RunGuard* guard) {
  if (const auto valid = validate(options); !valid) return tl::unexpected(valid.error());
  auto sensors = open_sensors(options.places);
  if (!sensors) return tl::unexpected(sensors.error());
  Sharing sharing;
  if (options.scope == Scope::process) {
    if (const auto prepared = prepare(sharing, options, *sensors); !prepared) {
      return tl::unexpected(prepared.error());
    }
  }
  auto channel = RunChannel::open();
  if (!channel) return tl::unexpected(channel.error());

  energy::MeterOptions meter_options;
  meter_options.period = options.period;
  meter_options.recording = options.recording;
  meter_options.share = sharing.tree ? &*sharing.tree : nullptr;
  std::optional<energy::Meter> meter;
  try {
    meter.emplace(std::move(*sensors), meter_options);
  } catch (const std::exception& problem) {
    return fail(Error::Kind::io, fmt::format("the meter could not start: {}", problem.what()));
  }
  std::optional<SignalRelay> relay;
  if (guard == nullptr) {
    auto opened = SignalRelay::open();
    if (!opened) return tl::unexpected(opened.error());
    relay.emplace(*std::move(opened));
  }

  Measurement measurement;
  measurement.command = options.command;
  measurement.scope = options.scope;
  measurement.idle = options.idle;
  measurement.machine = energy::describe_machine(options.places.proc);
  measurement.started_unix_ns = unix_time_ns();
  const Instant start = Instant::now();
  meter->begin(start);

  Attendance attendance(options, *meter, start);
  ChildStart how;
  how.command = options.command;
  std::vector<std::string> environment = variables;
  for (const std::string& variable : channel->environment()) environment.push_back(variable);
  how.environment = child_environment(environment);
  how.inherited = {{channel->child_end(), channel->number_in_child()}};
  if (relay) how.signal_mask = relay->mask_before();
  how.ignores_child_signal = attendance.subreaper().child_signal_was_ignored();
  if (sharing.cpu) how.cgroup_directory = sharing.cpu->cgroup_directory();
  if (guard != nullptr) guard->equip(how);
  auto child = ChildProcess::start(how);
  if (!child) return tl::unexpected(child.error());
  channel->close_child_end();
  attendance.subreaper().leave_alone(child->id());
  attendance.guard = guard;
  if (guard != nullptr) guard->started(*child, start);
  if (sharing.cpu) {
    sharing.cpu->watch(child->id());
    attendance.sharing = &sharing;
    measurement.scope_basis =
        sharing.cpu->basis() == energy::ProcessShare::Basis::cgroup ? "cgroup" : "wait4 and /proc";
  }

  attendance.until_end_of(*child, *channel, relay ? &*relay : nullptr);
  const Instant end = Instant::now();
  const auto ended = child->wait();
  if (!ended) return tl::unexpected(ended.error());
  attendance.count(ended->resources);
  measurement.exit_status = ended->exit_status;
  measurement.signal = ended->signal;
  attendance.finish(*channel, end, measurement);
  measurement.energy = meter->finish(end);
  subtract_idle(measurement);
  return measurement;
}

Result<Idle> measure_idle(const energy::SensorPlaces& places, Duration duration) {
  constexpr Duration kShortest = units::milliseconds(10);
  if (duration < kShortest) {
    return fail(
        Error::Kind::invalid_input,
        fmt::format("the time at rest is {} s; it must be at least 0.01 s", duration.in_seconds()));
  }
  auto sensors = open_sensors(places);
  if (!sensors) return tl::unexpected(sensors.error());
  try {
    energy::Meter meter(std::move(*sensors));
    std::this_thread::sleep_for(std::chrono::nanoseconds(duration.in_nanoseconds()));
    const energy::Statement statement = meter.finish();
    const auto& energy = statement.total.energy;
    if (!energy)
      return fail(Error::Kind::unsupported,
                  "no sensor told any energy while the machine was at rest");
    const Duration time = statement.time();
    return Idle{Idle::Basis::measured,
                {energy->value / time, energy->low / time, energy->high / time},
                time};
  } catch (const std::exception& problem) {
    return fail(Error::Kind::io, fmt::format("the meter could not start: {}", problem.what()));
  }
}

}  // namespace turngreen::pipeline
