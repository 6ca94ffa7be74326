// What sampling costs: processor time of the meter's own thread, in shares of one core.
//   bench_sampling [--seconds N] [--json FILE] [--idle] [SENSORS...]
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <exception>
#include <fstream>
#include <functional>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <thread>

#include "bare_wakes.h"
#include "busy_processors.h"
#include "energy/scripted_sensor.h"
#include "live_powercap.h"
#include "turngreen/energy/find_sensors.h"
#include "turngreen/energy/meter.h"
#include "turngreen/energy/rapl_powercap.h"

namespace turngreen::bench {
namespace {

using energy::Instant;
using energy::Statement;
using units::Duration;
using Sensors = std::vector<std::unique_ptr<energy::Sensor>>;

struct Cost {
  std::uint64_t wakes = 0;
  Duration time;
  Duration processor_time;
  Duration longest_gap;
  std::string domains;
  std::string fault;  ///< why the figures may not be used; empty: nothing
};

std::string domain_names(const Statement& statement) {
  std::string names;
  for (const energy::Domain& domain : statement.domains) {
    names += (names.empty() ? "" : " ") + domain.name + (domain.estimated() ? " (estimated)" : "");
  }
  return names;
}

/// Four domains of LivePowercap::kWatts each.
std::string fault_of(const Statement& statement) {
  if (statement.domains.size() != 4) return "there are not four domains";
  const double truth = LivePowercap::kWatts * statement.time().in_seconds();
  // Whoever counts may be late itself: 0.1 s.
  const double slack = 0.1 * LivePowercap::kWatts;
  for (const energy::DomainEnergy& total : statement.domain_totals) {
    if (!total.energy || std::abs(total.energy->value.in_joules() - truth) > 0.01 * truth + slack) {
      return "a domain does not hold the joules that were spent";
    }
  }
  return {};
}

Statement measure(Sensors sensors, Duration period, Duration time) {
  energy::Meter meter(std::move(sensors), {.period = period});
  std::this_thread::sleep_for(std::chrono::nanoseconds(time.in_nanoseconds()));
  return meter.finish();
}

Cost cost_of(const Statement& statement, std::string fault) {
  const energy::SamplingQuality& sampling = statement.sampling;
  return {sampling.samples,     statement.time(),        sampling.sampling_time,
          sampling.longest_gap, domain_names(statement), std::move(fault)};
}

Cost waking(Duration period, Duration time) {
  const BareWakes wakes = wake_for(period, time);
  return {wakes.count, time, wakes.processor_time, wakes.longest_gap, "", ""};
}

Cost scripted(Duration period, Duration time) {
  auto sensor = std::make_unique<energy::ScriptedSensor>();
  const Instant start = Instant::now();
  for (const char* name : {"package-0", "package-1", "dram-0", "dram-1"}) {
    sensor->add(energy::counter_domain(name),
                [start] { return energy::Reading::of(LivePowercap::counted_since(start)); });
  }
  const Statement statement = measure(energy::sensors(std::move(sensor)), period, time);
  return cost_of(statement, fault_of(statement));
}

Cost powercap(Duration period, Duration time) {
  const LivePowercap tree(period / 2);
  Sensors sensors;
  sensors.push_back(energy::RaplPowercap::open(tree.root()).sensor);
  const Statement statement = measure(std::move(sensors), period, time);
  return cost_of(statement, fault_of(statement));
}

Cost machine(Duration period, Duration time) {
  return cost_of(measure(energy::find_sensors().sensors, period, time), "");
}

struct Case {
  std::string_view name;
  Cost (*run)(Duration period, Duration time);
};
constexpr Case kCases[] = {
    {"waking", waking},      // no meter: the floor
    {"scripted", scripted},  // 4 domains that cost nothing to read
    {"powercap", powercap},  // 4 domains in files
    {"machine", machine},    // what this machine has
};
constexpr double kPeriods[] = {0.1, 0.001};

struct Options {
  double seconds = 10;
  std::string json;
  bool idle_only = false;  ///< not again with busy processors
  std::vector<std::string_view> sensors;

  bool wants(std::string_view name) const {
    return sensors.empty() || std::find(sensors.begin(), sensors.end(), name) != sensors.end();
  }
};

std::optional<Options> parse(int argc, char** argv) {
  Options options;
  for (int i = 1; i < argc; ++i) {
    const std::string_view argument = argv[i];
    if (argument == "--seconds" && i + 1 < argc) {
      options.seconds = std::strtod(argv[++i], nullptr);
    } else if (argument == "--json" && i + 1 < argc) {
      options.json = argv[++i];
    } else if (argument == "--idle") {
      options.idle_only = true;
    } else if (std::any_of(std::begin(kCases), std::end(kCases),
                           [&](const Case& one) { return one.name == argument; })) {
      options.sensors.push_back(argument);
    } else {
      return std::nullopt;
    }
  }
  if (!(options.seconds > 0)) return std::nullopt;
  return options;
}

bool cases_are_right(const Options& options) {
  constexpr double kCheckSeconds = 0.5;
  for (const Case& one : kCases) {
    if (!options.wants(one.name)) continue;
    const Cost checked = one.run(units::milliseconds(10), units::seconds(kCheckSeconds));
    if (checked.fault.empty()) continue;
    fmt::print(stderr, "bench_sampling: {}: {}; nothing was timed\n", one.name, checked.fault);
    return false;
  }
  return true;
}

nlohmann::json run(const Case& one, double period, double seconds, bool busy) {
  const Cost cost = one.run(units::seconds(period), units::seconds(seconds));
  const double share = cost.processor_time / cost.time * 100;
  // Not by the number of samples: at its end the meter takes some more, on another thread.
  const double each = cost.processor_time.in_microseconds() / (cost.time.in_seconds() / period);
  fmt::print("{:<10}{:<7}{:>5.0f} ms{:>9}{:>11.1f} ms{:>13.2f}{:>16.4f}\n", one.name,
             busy ? "busy" : "idle", period * 1e3, cost.wakes, cost.longest_gap.in_milliseconds(),
             each, share);
  std::fflush(stdout);
  return {{"sensors", one.name},
          {"domains", cost.domains},
          {"processors", busy ? "busy" : "idle"},
          {"period_ms", period * 1e3},
          {"seconds", cost.time.in_seconds()},
          {"samples", cost.wakes},
          {"longest_gap_ms", cost.longest_gap.in_milliseconds()},
          {"us_per_sample", each},
          {"percent_of_core", share}};
}

int run(const Options& options) {
  if (!cases_are_right(options)) return 1;
  fmt::print("{:<10}{:<7}{:>8}{:>9}{:>14}{:>13}{:>16}\n", "sensors", "cores", "period", "samples",
             "longest gap", "us a sample", "% of one core");
  nlohmann::json rows = nlohmann::json::array();
  for (const bool busy : {false, true}) {
    if (busy && options.idle_only) break;
    std::optional<BusyProcessors> work;
    if (busy) work.emplace();
    for (const double period : kPeriods) {
      for (const Case& one : kCases) {
        if (options.wants(one.name)) rows.push_back(run(one, period, options.seconds, busy));
      }
    }
  }
  if (!options.json.empty()) std::ofstream(options.json) << rows.dump(1) << '\n';
  return 0;
}

}  // namespace
}  // namespace turngreen::bench

int main(int argc, char** argv) {
  const auto options = turngreen::bench::parse(argc, argv);
  if (!options) {
    fmt::print(stderr,
               "usage: bench_sampling [--seconds N] [--json FILE] [--idle] "
               "[waking|scripted|powercap|machine]...\n");
    return 2;
  }
  // The fake powercap tree is to be in memory, as the kernel's is.
  ::setenv("TMPDIR", "/dev/shm", 0);
  try {
    return turngreen::bench::run(*options);
  } catch (const std::exception& problem) {
    fmt::print(stderr, "bench_sampling: {}\n", problem.what());
    return 1;
  }
}
