#include "measure.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "exit_status.h"
#include "live_view.h"
#include "measure_options.h"
#include "place_options.h"
#include "prometheus_server.h"
#include "turngreen/energy/recording.h"
#include "turngreen/pipeline/command_run.h"
#include "turngreen/report/prometheus_text.h"
#include "turngreen/report/recording_note.h"

namespace turngreen::cli {
namespace {

using pipeline::Measurement;

void complain(Console& console, const Error& error) {
  std::string_view lines = error.message;
  while (!lines.empty()) {
    const auto line = lines.substr(0, lines.find('\n'));
    console.err << "turngreen measure: " << line << '\n';
    lines.remove_prefix(std::min(lines.size(), line.size() + 1));
  }
}

Result<std::optional<pipeline::Idle>> idle_of(const MeasurePlan& plan,
                                              const energy::SensorPlaces& places) {
  if (plan.idle_given) {
    return pipeline::Idle{
        pipeline::Idle::Basis::given, units::Bounded<units::Power>::exactly(*plan.idle_given), {}};
  }
  if (!plan.idle_measured_for) return std::nullopt;
  auto measured = pipeline::measure_idle(places, *plan.idle_measured_for);
  if (!measured) return tl::unexpected<Error>(measured.error());
  return *std::move(measured);
}

Result<std::optional<PrometheusServer>> server_of(const MeasurePlan& plan, Console& console,
                                                  bool quiet) {
  if (!plan.metrics_port) return std::nullopt;
  auto server = PrometheusServer::open(*plan.metrics_port);
  if (!server) {
    return fail(server.error().kind, "--prometheus: " + server.error().message);
  }
  if (!quiet) {
    console.err << fmt::format("turngreen: metrics at http://127.0.0.1:{}/metrics\n",
                               server->port());
  }
  return *std::move(server);
}

/// Everything that one run after the other needs.
struct Session {
  const MeasureOptions& options;
  const MeasurePlan& plan;
  std::optional<pipeline::Idle> idle;
  std::optional<PrometheusServer> server;
  bool all_written = true;
};

Result<Measurement> run_once(Session& session, Console& console) {
  pipeline::CommandRunOptions run;
  run.command = session.plan.command;
  run.period = session.plan.interval;
  run.scope = session.plan.scope;
  run.idle = session.idle;
  run.places = session.options.places;

  std::unique_ptr<energy::RecordingWriter> recording;
  if (!session.options.record.empty()) {
    auto created = energy::RecordingWriter::create(session.options.record);
    if (!created) return tl::unexpected<Error>(created.error());
    recording = *std::move(created);
    run.recording = recording.get();
  }
  std::optional<LiveView> view;
  if (session.options.live) view.emplace(console.err, console.err_terminal);
  if (view || session.server) {
    run.live = [&](const energy::Statement& snapshot) {
      if (view) view->show(snapshot);
      if (session.server) {
        session.server->publish(report::prometheus_text(snapshot, session.plan.scope));
      }
    };
  }

  auto measurement = pipeline::run_command(run);
  view.reset();
  if (!measurement) return measurement;
  session.plan.outputs.add_figures(*measurement, console);
  if (recording) {
    // A recording that failed does not take the measurement with it.
    if (auto kept = recording->finish(report::recording_note(*measurement)); !kept) {
      complain(console, {kept.error().kind, "--record: " + kept.error().message});
      session.all_written = false;
    }
  }
  return measurement;
}

int measure(const MeasureOptions& options, const std::vector<std::string>& command,
            Console& console) {
  const auto plan = plan_measurement(options, command);
  if (!plan) {
    complain(console, plan.error());
    return kExitNotMeasured;
  }
  auto server = server_of(*plan, console, options.output.quiet);
  if (!server) {
    complain(console, server.error());
    return kExitNotMeasured;
  }
  const auto idle = idle_of(*plan, options.places);
  if (!idle) {
    complain(console, idle.error());
    return kExitNotMeasured;
  }
  Session session{options, *plan, *idle, *std::move(server)};
  std::vector<Measurement> runs;
  auto first = run_once(session, console);
  if (!first) {
    complain(console, first.error());
    return kExitNotMeasured;
  }
  runs.push_back(*std::move(first));
  const bool written = plan->outputs.write(runs, console) && session.all_written;
  return written ? runs.back().exit_status : kExitNotMeasured;
}

}  // namespace

Action configure_measure(CLI::App& app) {
  // Shared by the app, which parses into it, and the action, which reads it.
  const auto options = std::make_shared<MeasureOptions>();
  add_measure_options(app, *options);
  add_place_options(app, options->places);
  return [options](Console& console, const std::vector<std::string>& rest) {
    return measure(*options, rest, console);
  };
}

}  // namespace turngreen::cli
