#include "measure.h"

#include <fmt/format.h>

#include <pthread.h>
#include <CLI/CLI.hpp>
#include <csignal>
#include <ctime>
#include <memory>

#include "complaint.h"
#include "exit_status.h"
#include "live_view.h"
#include "measure_options.h"
#include "place_options.h"
#include "prometheus_server.h"
#include "turngreen/energy/recording.h"
#include "turngreen/pipeline/repeat.h"
#include "turngreen/report/prometheus_text.h"
#include "turngreen/report/recording_note.h"

namespace turngreen::cli {
namespace {

using pipeline::Measurement;

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

/// Waits, unless one of the signals that end a program comes: then that signal's number. Runs that
/// are done would be lost otherwise.
std::optional<int> pause_or_signal(units::Duration pause) {
  sigset_t ending;
  sigemptyset(&ending);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) sigaddset(&ending, signal);
  sigset_t before;
  pthread_sigmask(SIG_BLOCK, &ending, &before);
  constexpr std::int64_t kSecond = 1'000'000'000;
  timespec time{};
  time.tv_sec = static_cast<std::time_t>(pause.in_nanoseconds() / kSecond);
  time.tv_nsec = static_cast<long>(pause.in_nanoseconds() % kSecond);
  const int signal = ::sigtimedwait(&ending, nullptr, &time);
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
  return signal > 0 ? std::optional(signal) : std::nullopt;
}

/// The runs of one call of `turngreen measure`.
class Session {
 public:
  Session(const MeasureOptions& options, const MeasurePlan& plan, Console& console)
      : options_(options), plan_(plan), console_(console) {}

  int run() {
    if (auto prepared = prepare(); !prepared) {
      complain(console_, "measure", prepared.error());
      return kExitNotMeasured;
    }
    pipeline::RepeatOptions repeat;
    repeat.runs = static_cast<std::size_t>(plan_.repeat);
    repeat.after_run = [this](std::size_t number, const Measurement& run) {
      return keep(number, run);
    };
    const auto measured = pipeline::run_repeatedly(command_, repeat);
    view_.reset();
    if (!measured) complain(console_, "measure", measured.error());
    const bool recorded = finish_recording();
    const bool written = plan_.outputs.write(runs_, console_);
    return measured && recorded && written ? exit_status() : kExitNotMeasured;
  }

 private:
  Result<void> prepare() {
    command_.command = plan_.command;
    command_.period = plan_.interval;
    command_.scope = plan_.scope;
    command_.places = options_.places;
    auto server = server_of(plan_, console_, options_.output.quiet);
    if (!server) return tl::unexpected<Error>(server.error());
    server_ = *std::move(server);
    auto idle = idle_of(plan_, options_.places);
    if (!idle) return tl::unexpected<Error>(idle.error());
    command_.idle = *idle;
    if (!options_.record.empty()) {
      auto recording = energy::RecordingWriter::create(options_.record);
      if (!recording) return tl::unexpected<Error>(recording.error());
      recording_ = *std::move(recording);
      command_.recording = recording_.get();
    }
    if (options_.live) view_.emplace(console_.err, console_.err_terminal);
    if (view_ || server_) {
      command_.live = [this](const energy::Statement& snapshot) {
        if (view_) view_->show(snapshot);
        if (server_) server_->publish(report::prometheus_text(snapshot, plan_.scope));
      };
    }
    return {};
  }

  /// Takes a run that is done, and says whether there is to be another.
  bool keep(std::size_t number, const Measurement& run) {
    runs_.push_back(run);
    plan_.outputs.add_figures(runs_.back(), console_);
    const bool last = number + 1 >= static_cast<std::size_t>(plan_.repeat);
    if (last || run.signal) return false;
    interrupted_by_ = pause_or_signal(plan_.cool_down);
    return !interrupted_by_;
  }

  bool finish_recording() {
    if (!recording_ || runs_.empty()) return true;
    const auto kept = recording_->finish(report::recording_note(runs_.back()));
    if (!kept)
      complain(console_, "measure", {kept.error().kind, "--record: " + kept.error().message});
    return kept.has_value();
  }

  /// The command's: of the first run that failed, if one did.
  int exit_status() const {
    for (const auto& run : runs_) {
      if (run.exit_status != 0) return run.exit_status;
    }
    return interrupted_by_ ? 128 + *interrupted_by_ : kExitOk;
  }

  const MeasureOptions& options_;
  const MeasurePlan& plan_;
  Console& console_;
  pipeline::CommandRunOptions command_;
  std::optional<PrometheusServer> server_;
  std::unique_ptr<energy::RecordingWriter> recording_;
  std::optional<LiveView> view_;
  std::vector<Measurement> runs_;
  std::optional<int> interrupted_by_;
};

int measure(const MeasureOptions& options, const std::vector<std::string>& command,
            Console& console) {
  const auto plan = plan_measurement(options, command);
  if (!plan) {
    complain(console, "measure", plan.error());
    return kExitNotMeasured;
  }
  return Session(options, *plan, console).run();
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
