#include "measure_options.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <charconv>

#include "turngreen/report/file_replacement.h"
#include "turngreen/units/text.h"

namespace turngreen::cli {
namespace {

constexpr int kMostRepeats = 10'000;
constexpr double kIdleSeconds = 5;

template <typename Number>
std::optional<Number> whole_number(std::string_view text) {
  Number number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

tl::unexpected<Error> wrong(std::string message) {
  return fail(Error::Kind::invalid_input, std::move(message));
}

Result<int> repeat_of(const std::string& text) {
  const auto count = whole_number<int>(text);
  if (count && *count >= 1 && *count <= kMostRepeats) return *count;
  return wrong(fmt::format("--repeat: \"{}\" is no whole number from 1 to {}", text, kMostRepeats));
}

Result<units::Duration> duration_of(std::string_view option, std::string_view text,
                                    units::Duration least, units::Duration most) {
  const auto duration = units::parse_duration(text);
  if (!duration) return wrong(fmt::format("{}: {}", option, duration.error().message));
  if (*duration >= least && *duration <= most) return *duration;
  return wrong(fmt::format("{}: {} is out of range; it can be {} to {}", option, text,
                           units::to_text(least), units::to_text(most)));
}

Result<pipeline::Scope> scope_of(const std::string& word) {
  for (const auto scope : {pipeline::Scope::machine, pipeline::Scope::process}) {
    if (word == pipeline::to_string(scope)) return scope;
  }
  return wrong(fmt::format("--scope: \"{}\" is no scope; it can be machine or process", word));
}

/// "measure", "measure:10s" or a power.
Result<void> read_idle(MeasurePlan& plan, const std::string& text) {
  constexpr std::string_view kMeasure = "measure";
  if (text.rfind(kMeasure, 0) == 0) {
    const std::string_view rest = std::string_view(text).substr(kMeasure.size());
    if (rest.empty()) {
      plan.idle_measured_for = units::seconds(kIdleSeconds);
      return {};
    }
    if (rest.front() == ':') {
      const auto duration =
          duration_of("--idle", rest.substr(1), units::milliseconds(100), units::hours(1));
      if (!duration) return tl::unexpected<Error>(duration.error());
      plan.idle_measured_for = *duration;
      return {};
    }
  }
  const auto power = units::parse_power(text);
  if (!power) {
    return wrong(fmt::format("--idle: {}; \"measure\" or \"measure:10s\" would do too",
                             power.error().message));
  }
  if (*power < units::Power()) return wrong(fmt::format("--idle: {} is below zero", text));
  plan.idle_given = *power;
  return {};
}

Result<std::uint16_t> port_of(std::string_view text) {
  const auto port = whole_number<std::uint16_t>(text.substr(1));
  if (port) return *port;
  return wrong(
      fmt::format("--prometheus: \"{}\" is no port; it can be :0 (any free one) to :65535", text));
}

Result<void> check_command(const std::vector<std::string>& command) {
  if (!command.empty() && !command.front().empty()) return {};
  return wrong(
      "there is no command to measure; write it after --, as in: turngreen measure -- make");
}

Result<void> check_record(const MeasureOptions& options, int repeat) {
  if (options.record.empty()) return {};
  if (repeat > 1) return wrong("--record holds one run: leave out --repeat, or record each run");
  const auto writable = report::check_writable(options.record);
  if (!writable) return wrong("--record: " + writable.error().message);
  return {};
}

}  // namespace

void add_measure_options(CLI::App& app, MeasureOptions& options) {
  add_output_options(app, options.output);
  app.add_option("--prometheus", options.output.prometheus,
                 "write metrics to a file at the end, or serve live ones during the run at "
                 "http://127.0.0.1:PORT/metrics")
      ->type_name("FILE|:PORT");
  app.add_option("--record", options.record, "keep the raw readings, for turngreen replay")
      ->type_name("FILE");
  app.add_flag("--live", options.live, "show energy, power and stage while it runs, on a terminal");
  app.add_option("--repeat", options.repeat, "run it N times; gives mean, interval and variation")
      ->type_name("N");
  app.add_option("--cool-down", options.cool_down, "pause between two runs (default 0s)")
      ->type_name("DURATION");
  app.add_option("--interval", options.interval,
                 "time between two samples, 1ms to 1s (default 100ms)")
      ->type_name("DURATION");
  app.add_option("--idle", options.idle,
                 "power of the machine at rest, to tell the energy above it: given (30W), or "
                 "measured for a while before the first run (default 5s)")
      ->type_name("POWER|measure[:DURATION]");
  app.add_option("--scope", options.scope,
                 "whose energy: the whole machine's (default), or the command's share of it")
      ->type_name("machine|process");
}

Result<MeasurePlan> plan_measurement(const MeasureOptions& options,
                                     const std::vector<std::string>& command) {
  MeasurePlan plan;
  plan.command = command;
  std::string faults;
  const auto keep = [&](const auto& result, auto&& assign) {
    if (result) {
      assign();
    } else {
      faults += (faults.empty() ? "" : "\n") + result.error().message;
    }
  };
  const auto nothing = [] {};

  keep(check_command(command), nothing);
  const auto repeat = repeat_of(options.repeat);
  keep(repeat, [&] { plan.repeat = *repeat; });
  const auto cool_down =
      duration_of("--cool-down", options.cool_down, units::Duration(), units::hours(24));
  keep(cool_down, [&] { plan.cool_down = *cool_down; });
  const auto interval =
      duration_of("--interval", options.interval, units::milliseconds(1), units::seconds(1));
  keep(interval, [&] { plan.interval = *interval; });
  const auto scope = scope_of(options.scope);
  keep(scope, [&] { plan.scope = *scope; });
  if (!options.idle.empty()) keep(read_idle(plan, options.idle), nothing);
  keep(check_record(options, plan.repeat), nothing);

  OutputOptions output = options.output;
  if (output.prometheus.rfind(':', 0) == 0) {
    const auto port = port_of(output.prometheus);
    keep(port, [&] { plan.metrics_port = *port; });
    output.prometheus.clear();
  }
  auto outputs = Outputs::prepare(output);
  keep(outputs, [&] { plan.outputs = *std::move(outputs); });
  if (!faults.empty()) return wrong(std::move(faults));
  return plan;
}

}  // namespace turngreen::cli
