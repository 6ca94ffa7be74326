#include "turngreen/pipeline/command_pipeline.h"

#include <fmt/format.h>

#include <algorithm>
#include <exception>
#include <utility>

#include "command_template.h"
#include "command_trial.h"
#include "fault_lines.h"
#include "metric_expressions.h"
#include "turngreen/units/text.h"

namespace turngreen::pipeline {
namespace {

Outcome ended(Ending ending, std::string reason) {
  Outcome outcome;
  outcome.ending = ending;
  outcome.reason = std::move(reason);
  return outcome;
}

void check_run(const CommandDescription& description, FaultLines& faults) {
  if (description.run.empty() || description.run.front().empty()) {
    faults.add("there is no command to run");
  } else if (description.shell && description.run.size() != 1) {
    faults.add(
        fmt::format("shell: true takes one line, and {} words were found", description.run.size()));
  }
}

void check_fidelities(const CommandDescription& description, const CommandTemplate& command,
                      FaultLines& faults) {
  const auto& shares = description.fidelities;
  const bool ascending =
      std::ranges::adjacent_find(shares, std::ranges::greater_equal()) == shares.end();
  if (shares.empty() || !ascending || !(shares.front() > 0) || shares.back() != 1) {
    faults.add("the fidelities must be shares above 0 in ascending order, the last 1");
  }
  if (shares.size() > 1 && !command.uses("fidelity") && description.files.empty()) {
    faults.add(
        "fidelities below 1 are given, and {fidelity} stands nowhere in the command or its "
        "environment; without it every run is a full one");
  }
}

void check_rows(const CommandDescription& description, const CommandTemplate& command,
                FaultLines& faults) {
  if (!description.rows) return;
  const auto& [validation, test] = *description.rows;
  if (validation == test) {
    faults.add(fmt::format("rows: both words are {}; the test rows need another one",
                           units::in_quotes(test)));
  }
  if (!command.uses("rows") && description.files.empty()) {
    faults.add(
        "rows are given, and {rows} stands nowhere in the command or its environment; without it "
        "the test rows are never asked for");
  }
}

void check_period(units::Duration period, FaultLines& faults) {
  if (period >= units::milliseconds(1) && period <= units::seconds(1)) return;
  faults.add(fmt::format("the sampling period is {}; it must be between 1 ms and 1 s",
                         units::to_text(period)));
}

}  // namespace

struct CommandPipeline::Understood {
  CommandTemplate command;
  MetricExpressions expressions;
};

Result<std::unique_ptr<CommandPipeline>> CommandPipeline::open(CommandDescription description,
                                                               const knobs::Space& space) {
  FaultLines faults;
  check_run(description, faults);
  auto understood =
      std::make_unique<Understood>(Understood{CommandTemplate(description, space, faults),
                                              MetricExpressions(description.patterns, faults)});
  check_fidelities(description, understood->command, faults);
  check_rows(description, understood->command, faults);
  check_period(description.sampling_period, faults);
  if (!faults.empty()) return fail(Error::Kind::invalid_input, faults.text());
  return std::unique_ptr<CommandPipeline>(
      new CommandPipeline(std::move(description), space, std::move(understood)));
}

CommandPipeline::CommandPipeline(CommandDescription description, knobs::Space space,
                                 std::unique_ptr<Understood> understood)
    : description_(std::move(description)),
      space_(std::move(space)),
      understood_(std::move(understood)) {}

CommandPipeline::~CommandPipeline() = default;

Outcome CommandPipeline::run(const RunRequest& request) {
  try {
    if (auto objection = space_.objection(request.configuration)) {
      return ended(Ending::infeasible, *std::move(objection));
    }
    return CommandTrial(description_, understood_->command, understood_->expressions,
                        TrialValues(description_, space_, request), request)
        .run();
  } catch (const std::exception& problem) {
    return ended(Ending::failed, fmt::format("the run could not be made: {}", problem.what()));
  } catch (...) {
    return ended(Ending::failed, "the run could not be made: an unknown exception");
  }
}

ReadyCommand CommandPipeline::command_for(const RunRequest& request) const {
  const TrialValues values(description_, space_, request);
  return {understood_->command.command(values),
          (std::filesystem::current_path() / description_.study_directory / description_.directory)
              .lexically_normal(),
          understood_->command.environment(values)};
}

}  // namespace turngreen::pipeline
