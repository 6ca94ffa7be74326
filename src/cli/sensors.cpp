#include "sensors.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>

#include "exit_status.h"
#include "place_options.h"
#include "turngreen/energy/find_sensors.h"
#include "turngreen/energy/step_probe.h"
#include "turngreen/report/sensors_report.h"

namespace turngreen::cli {
namespace {

struct SensorsOptions {
  bool json = false;
  bool no_probe = false;
  energy::SensorPlaces places;
};

/// Long enough to see a few steps of the sensor, short enough not to keep anybody waiting.
units::Duration probe_budget(const energy::Sensor& sensor) {
  units::Duration longest = units::milliseconds(5);
  for (const auto& domain : sensor.domains()) longest = std::max(longest, domain.step);
  return std::min(longest * 5, units::milliseconds(500));
}

void add_domains(report::SensorsReport& report, energy::Sensor& sensor, bool probe) {
  std::vector<energy::ObservedStep> steps;
  if (probe) steps = energy::observe_steps(sensor, probe_budget(sensor));
  const auto domains = sensor.domains();
  for (std::size_t i = 0; i < domains.size(); ++i) {
    report.domains.push_back(
        {domains[i], i < steps.size() ? std::optional(steps[i]) : std::nullopt});
  }
  if (const auto* estimator = dynamic_cast<const energy::Estimator*>(&sensor)) {
    const auto basis = estimator->basis();
    report.estimate_basis.insert(report.estimate_basis.end(), basis.begin(), basis.end());
  }
}

int print_sensors(const SensorsOptions& options, Console& console) {
  auto found = energy::find_sensors(options.places);
  report::SensorsReport report;
  report.machine = energy::describe_machine(options.places.proc);
  for (const auto& sensor : found.sensors) add_domains(report, *sensor, !options.no_probe);
  report.obstacles = std::move(found.obstacles);
  report.left_out = std::move(found.left_out);
  const report::TableStyle style{console.out_terminal.columns, console.out_terminal.colour};
  console.out << (options.json ? report::sensors_json(report)
                               : report::sensors_text(report, style));
  return report.domains.empty() ? kExitFailure : kExitOk;
}

}  // namespace

Action configure_sensors(CLI::App& app) {
  // Shared by the app, which parses into it, and the action, which reads it.
  const auto options = std::make_shared<SensorsOptions>();
  app.add_flag("--json", options->json, "print JSON (turngreen schema sensors)");
  auto* no_probe =
      app.add_flag("--no-probe", options->no_probe, "do not poll the sensors for their steps");
  app.add_flag("--probe")
      ->description("poll them, half a second each at most (the default)")
      ->excludes(no_probe);
  add_place_options(app, options->places);
  return [options](Console& console, const std::vector<std::string>&) {
    return print_sensors(*options, console);
  };
}

}  // namespace turngreen::cli
