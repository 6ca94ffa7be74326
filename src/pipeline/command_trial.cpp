#include "command_trial.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <system_error>
#include <utility>
#include <vector>

#include "command_failure.h"
#include "measured_outcome.h"
#include "rendered_text.h"
#include "turngreen/pipeline/bounded_file.h"
#include "turngreen/pipeline/metrics_file.h"
#include "turngreen/units/text.h"

namespace turngreen::pipeline {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t kLargestPredictions = 1'000'000'000;
constexpr std::size_t kTailOfSuccess = 4096;
constexpr const char* kOutputLog = "output.log";

Outcome failed(std::string reason) {
  Outcome outcome;
  outcome.ending = Ending::failed;
  outcome.reason = std::move(reason);
  return outcome;
}

void set_metric(std::vector<Metric>& metrics, const Metric& metric) {
  const auto same = std::ranges::find(metrics, metric.name, &Metric::name);
  if (same == metrics.end()) {
    metrics.push_back(metric);
  } else {
    same->value = metric.value;
  }
}

std::string last_bytes(const std::string& text, std::size_t most) {
  if (text.size() <= most) return text;
  const std::size_t line = text.find('\n', text.size() - most);
  return line == std::string::npos ? std::string() : text.substr(line + 1);
}

}  // namespace

CommandTrial::CommandTrial(const CommandDescription& description, const CommandTemplate& command,
                           const MetricExpressions& expressions, TrialValues values,
                           const RunRequest& request)
    : description_(description),
      command_(command),
      expressions_(expressions),
      request_(request),
      values_(std::move(values)),
      directory_(values_.of("trial_dir")),
      where_(fs::current_path() / description.study_directory / description.directory) {
  if (const std::string metrics = command_.metrics_file(values_); !metrics.empty()) {
    metrics_file_ = where_ / metrics;
  }
}

Outcome CommandTrial::run() {
  if (const auto prepared = prepare(); !prepared) return failed(prepared.error().message);

  CommandRunOptions options;
  options.command = command_.command(values_);
  options.period = description_.sampling_period;
  options.places = description_.places;
  Containment containment;
  containment.directory = where_;
  containment.environment = command_.environment(values_);
  containment.output_log = directory_ / kOutputLog;
  if (!expressions_.empty()) {
    containment.output_line = [this](std::string_view line) {
      expressions_.search(line, printed_);
    };
  }
  containment.timeout = description_.timeout;
  containment.memory_bytes = description_.memory_bytes;
  containment.watch = request_.watch;
  const auto run = run_contained(options, containment);
  if (!run) return failed(run.error().message);
  Outcome outcome = judge(*run, containment);
  discard(outcome);
  return outcome;
}

Result<void> CommandTrial::prepare() {
  std::error_code problem;
  fs::create_directories(directory_, problem);
  if (problem) {
    return fail(Error::Kind::io, fmt::format("cannot make the trial's directory {}: {}",
                                             directory_.string(), problem.message()));
  }
  for (const RenderedFile& file : description_.files) {
    if (auto rendered = render(file); !rendered) return rendered;
  }
  return remove_old_metrics();
}

Result<void> CommandTrial::render(const RenderedFile& file) const {
  const fs::path target = directory_ / file.file;
  fs::create_directories(target.parent_path());
  const fs::path draft = target.string() + ".tmp";
  std::ofstream stream(draft, std::ios::binary);
  stream << rendered_text(file.format, values_.for_files()) << std::flush;
  if (!stream) return fail(Error::Kind::io, fmt::format("cannot write {}", draft.string()));
  fs::rename(draft, target);
  return {};
}

void CommandTrial::discard(Outcome& outcome) const {
  for (const fs::path& name : description_.discard) {
    std::error_code problem;
    fs::remove_all(directory_ / name, problem);
    if (problem)
      outcome.faults.push_back(fmt::format("{} could not be removed: {}",
                                           (directory_ / name).string(), problem.message()));
  }
}

Result<void> CommandTrial::remove_old_metrics() const {
  if (metrics_file_.empty()) return {};
  std::error_code problem;
  if (fs::is_directory(fs::symlink_status(metrics_file_, problem))) {
    return fail(Error::Kind::invalid_input,
                fmt::format("the metrics file {} is a directory", metrics_file_.string()));
  }
  fs::remove(metrics_file_, problem);
  if (problem) {
    return fail(Error::Kind::io, fmt::format("cannot remove the old metrics file {}: {}",
                                             metrics_file_.string(), problem.message()));
  }
  return {};
}

Outcome CommandTrial::judge(const ContainedRun& run, const Containment& containment) {
  Outcome outcome = measured_outcome(run.measurement);
  outcome.output_tail = run.output_tail;
  const auto wrong_metrics = take_metrics(run.measurement, outcome);
  if (auto fault = keep_predictions(run.measurement, outcome)) {
    outcome.faults.push_back(*std::move(fault));
  }
  if (run.cut == ContainedRun::Cut::stopped) {
    outcome.ending = Ending::stopped;
    outcome.reason = run.stop_reason;
  } else if (auto failure = command_failure(run, containment)) {
    outcome.ending = Ending::failed;
    outcome.reason = *std::move(failure);
  } else if (wrong_metrics) {
    outcome.ending = Ending::failed;
    outcome.reason = *wrong_metrics;
  } else if (!outcome.energy) {
    outcome.ending = Ending::failed;
    outcome.reason = fmt::format(
        "its energy was not measured: {}",
        outcome.faults.empty() ? "no sensor told anything of it" : outcome.faults.front());
  } else {
    outcome.output_tail = last_bytes(run.output_tail, kTailOfSuccess);
  }
  return outcome;
}

std::optional<std::string> CommandTrial::take_metrics(const Measurement& measurement,
                                                      Outcome& outcome) const {
  std::string sought = "the run protocol";
  if (!metrics_file_.empty()) {
    const auto json = read_bounded_file(metrics_file_, kLargestMetricsFile);
    if (json) {
      const auto metrics = parse_metrics(*json);
      if (!metrics) {
        return fmt::format("{}: {}", metrics_file_.filename().string(), metrics.error().message);
      }
      for (const Metric& metric : *metrics) set_metric(outcome.metrics, metric);
      sought += fmt::format(", {}", metrics_file_.filename().string());
    } else if (json.error().kind == Error::Kind::not_found) {
      sought += fmt::format(", {} (it left none)", metrics_file_.filename().string());
    } else {
      return json.error().message;
    }
  }
  for (const auto& [metric, text] : printed_) {
    const auto number = knobs::Value(text).number();
    if (!number) {
      return fmt::format("{} is {} in the output; it must be a finite number", metric,
                         units::in_quotes(text));
    }
    set_metric(outcome.metrics, {metric, *number});
  }
  if (!expressions_.empty()) sought += ", the output";
  for (const std::string& name : description_.required_metrics) {
    if (outcome.metric(name)) continue;
    std::string reason = fmt::format("the metric {} is missing (sought in {})", name, sought);
    for (const energy::Fault& fault : measurement.energy.faults) {
      if (fault.kind == energy::FaultKind::protocol) reason += "; " + fault.detail;
    }
    return reason;
  }
  return std::nullopt;
}

std::optional<std::string> CommandTrial::keep_predictions(const Measurement& measurement,
                                                          Outcome& outcome) const {
  if (!measurement.predictions_file) return std::nullopt;
  const fs::path source = where_ / *measurement.predictions_file;
  const fs::path kept = directory_ / ("predictions" + source.extension().string());
  const auto not_kept = [&](std::string_view why) {
    return fmt::format("the predictions {} were not kept: {}", source.string(), why);
  };
  std::error_code problem;
  if (!fs::is_regular_file(source, problem)) return not_kept("no such plain file");
  if (const auto size = fs::file_size(source, problem); problem || size > kLargestPredictions) {
    return not_kept("they are larger than 1 GB");
  }
  if (!fs::equivalent(source, kept, problem)) {
    fs::copy_file(source, kept, fs::copy_options::overwrite_existing, problem);
    if (problem) return not_kept(problem.message());
  }
  outcome.predictions = kept;
  return std::nullopt;
}

}  // namespace turngreen::pipeline
