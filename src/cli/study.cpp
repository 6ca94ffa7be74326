#include "study.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "exit_status.h"
#include "study_actions.h"
#include "turngreen/units/nearest_word.h"

namespace turngreen::cli {
namespace {

int wrong_usage(Console& console, const std::string& message) {
  console.err << fmt::format("turngreen study: {} (see turngreen study --help)\n", message);
  return kExitUsage;
}

int run_study(const StudyOptions& options, Console& console) {
  std::vector<std::string> names;
  for (const auto& action : study_actions()) {
    names.emplace_back(action.name);
    if (action.name != options.action) continue;
    if (action.needs_subject == !options.subject.empty()) return action.run(options, console);
    return wrong_usage(console, action.needs_subject
                                    ? fmt::format("{} needs a name after it", action.name)
                                    : fmt::format("{} takes no name after it", action.name));
  }
  const auto nearest = units::nearest_word(options.action, names);
  return wrong_usage(console,
                     fmt::format("there is no \"{}\"; {}", options.action,
                                 nearest ? fmt::format("did you mean {}?", *nearest)
                                         : fmt::format("there are {}", fmt::join(names, ", "))));
}

}  // namespace

Action configure_study(CLI::App& app) {
  // Shared by the app, which parses into it, and the action, which reads it.
  const auto options = std::make_shared<StudyOptions>();
  std::string actions;
  for (const auto& action : study_actions()) {
    actions += (actions.empty() ? "" : "|") + std::string(action.name);
  }
  app.add_option("action", options->action, "what to do")->type_name(actions)->required();
  app.add_option("study", options->subject, "the study's name; for import, the file to read")
      ->type_name("STUDY|FILE");
  app.add_option("--store", options->store, "the store; otherwise TURNGREEN_STORE or turngreen.db")
      ->type_name("FILE");
  app.add_flag("--json", options->json, "list, show: print JSON");
  app.add_option("--format", options->format,
                 "export: as what; without it, csv where the output ends in .csv, else json")
      ->type_name("json|csv")
      ->check(CLI::IsMember({"json", "csv"}).name(""));
  app.add_option("--output", options->output, "export: where to; \"-\" is standard output")
      ->type_name("FILE");
  app.add_flag("--yes", options->yes, "delete: do not ask");
  return [options](Console& console, const std::vector<std::string>&) {
    return run_study(*options, console);
  };
}

}  // namespace turngreen::cli
