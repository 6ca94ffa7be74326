#include "command_template.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "turngreen/units/nearest_word.h"
#include "turngreen/units/text.h"

namespace turngreen::pipeline {
namespace {

using units::in_quotes;

/// The run's own placeholders.
std::vector<std::string> names_of_the_run(const CommandDescription& description) {
  std::vector<std::string> names{"seed", "fidelity", "trial_dir", "study_dir"};
  if (description.rows) names.emplace_back("rows");
  return names;
}

std::string variable_of(const std::string& knob) {
  std::string name = "TURNGREEN_KNOB_";
  for (const char c : knob) {
    name += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  }
  return name;
}

std::string absolute_text(const std::filesystem::path& path) {
  return path.empty() ? std::string() : std::filesystem::absolute(path).string();
}

std::vector<std::string> known_names(const CommandDescription& description,
                                     const knobs::Space& space, FaultLines& faults) {
  const std::vector<std::string> of_the_run = names_of_the_run(description);
  std::vector<std::string> names = of_the_run;
  std::vector<std::string> variables;
  for (const knobs::Knob& knob : space.knobs()) {
    if (std::ranges::find(of_the_run, knob.id) != of_the_run.end()) {
      faults.add(fmt::format(
          "a knob of a command may not be called {0}: {{{0}}} is the run's own; rename it",
          knob.id));
    }
    names.push_back(knob.id);
    variables.push_back(variable_of(knob.id));
    if (std::ranges::count(variables, variables.back()) > 1) {
      faults.add(
          fmt::format("two knobs share the variable {}; rename {}", variables.back(), knob.id));
    }
  }
  return names;
}

}  // namespace

TrialValues::TrialValues(const CommandDescription& description, const knobs::Space& space,
                         const RunRequest& request)
    : knobs_(space.knobs().size()) {
  for (const auto& [knob, value] : space.settings(request.configuration)) {
    values_.emplace_back(knob, value.text());
  }
  values_.emplace_back("seed", fmt::format("{}", request.seed));
  values_.emplace_back("fidelity", fmt::format("{}", request.fidelity));
  if (const auto& rows = description.rows) {
    values_.emplace_back("rows", request.rows == Rows::test ? rows->test : rows->validation);
  }
  for_files_ = values_.size();
  values_.emplace_back("trial_dir", absolute_text(request.directory));
  values_.emplace_back("study_dir", absolute_text(description.study_directory));
}

const std::string& TrialValues::of(const std::string& name) const {
  return std::ranges::find(values_, name, &std::pair<std::string, std::string>::first)->second;
}

std::span<const std::pair<std::string, std::string>> TrialValues::for_files() const {
  return std::span(values_).first(for_files_);
}

std::vector<std::string> TrialValues::variables() const {
  std::vector<std::string> variables;
  for (std::size_t i = 0; i < knobs_; ++i) {
    variables.push_back(fmt::format("{}={}", variable_of(values_[i].first), values_[i].second));
  }
  variables.push_back("TURNGREEN_SEED=" + of("seed"));
  variables.push_back("TURNGREEN_FIDELITY=" + of("fidelity"));
  if (for_files_ > knobs_ + 2) variables.push_back("TURNGREEN_ROWS=" + of("rows"));
  variables.push_back("TURNGREEN_TRIAL_DIR=" + of("trial_dir"));
  return variables;
}

CommandTemplate::CommandTemplate(const CommandDescription& description, const knobs::Space& space,
                                 FaultLines& faults)
    : shell_(description.shell) {
  const auto known = known_names(description, space, faults);
  for (const std::string& word : description.run) {
    words_.push_back(understand(word, "the command", known, faults));
  }
  for (const auto& [name, value] : description.environment) {
    environment_.emplace_back(
        name, understand(value, fmt::format("the variable {}", name), known, faults));
  }
  metrics_ = understand(description.metrics, "the metrics file", known, faults);
}

PlaceholderText CommandTemplate::understand(const std::string& text, std::string_view where,
                                            std::span<const std::string> known,
                                            FaultLines& faults) const {
  auto parsed = PlaceholderText::parse(text);
  if (!parsed) {
    faults.add(fmt::format("{}: {}", where, parsed.error().message));
    return {};
  }
  for (const std::string& name : parsed->names()) {
    if (std::ranges::find(known, name) != known.end()) continue;
    const auto near = units::nearest_word(name, known);
    faults.add(fmt::format(
        "{}: {{{}}} stands for no knob, nor for seed, fidelity, trial_dir or study_dir; {}", where,
        name,
        name == "rows" ? std::string("it needs rows: [validation, test]")
        : near         ? fmt::format("did you mean {{{}}}?", *near)
                       : std::string("write {{ and }} for braces that stay")));
  }
  return *std::move(parsed);
}

std::vector<std::string> CommandTemplate::command(const TrialValues& values) const {
  std::vector<std::string> command;
  if (shell_) command = {"/bin/sh", "-c"};
  for (const PlaceholderText& word : words_) {
    command.push_back(word.filled([&](const std::string& name) { return values.of(name); }));
  }
  return command;
}

std::vector<std::string> CommandTemplate::environment(const TrialValues& values) const {
  std::vector<std::string> variables = values.variables();
  for (const auto& [name, text] : environment_) {
    variables.push_back(fmt::format(
        "{}={}", name, text.filled([&](const std::string& of) { return values.of(of); })));
  }
  return variables;
}

std::string CommandTemplate::metrics_file(const TrialValues& values) const {
  return metrics_.filled([&](const std::string& name) { return values.of(name); });
}

bool CommandTemplate::uses(const std::string& name) const {
  const auto has = [&](const PlaceholderText& text) {
    const auto names = text.names();
    return std::ranges::find(names, name) != names.end();
  };
  return std::ranges::any_of(words_, has) || has(metrics_) ||
         std::ranges::any_of(environment_, [&](const auto& entry) { return has(entry.second); });
}

}  // namespace turngreen::pipeline
