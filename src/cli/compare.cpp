#include "compare.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "chosen_study.h"
#include "complaint.h"
#include "exit_status.h"
#include "named_configuration.h"
#include "turngreen/explore/comparison.h"
#include "turngreen/report/comparison_text.h"

namespace turngreen::cli {
namespace {

struct CompareOptions {
  std::string first;
  std::string second;
  StudyChoice study;
  bool json = false;
};

/// Error: a configuration of which nothing is on record that could be compared.
Result<void> check_run(const std::string& name, std::size_t full_runs) {
  if (full_runs > 0) return {};
  return fail(Error::Kind::not_found,
              fmt::format("{} has not completed a full run yet, so there is nothing to compare; "
                          "turngreen study show lists what was run",
                          name));
}

Result<std::string> compared(const CompareOptions& options, const Terminal& terminal) {
  const auto chosen = choose_study(options.study);
  if (!chosen) return tl::unexpected(chosen.error());
  const auto first = find_configuration(options.first, *chosen);
  if (!first) return tl::unexpected(first.error());
  const auto second = find_configuration(options.second, *chosen);
  if (!second) return tl::unexpected(second.error());
  if (*first == *second) {
    return fail(Error::Kind::invalid_input,
                fmt::format("{} and {} are the same configuration; name two", options.first,
                            options.second));
  }
  const auto comparison = explore::compare(chosen->study, chosen->trials, *first, *second);
  for (const auto& [name, runs] : {std::pair(comparison.first_name, comparison.first_runs),
                                   std::pair(comparison.second_name, comparison.second_runs)}) {
    if (auto run = check_run(name, runs); !run) return tl::unexpected(run.error());
  }
  if (options.json) return report::comparison_json(comparison, chosen->study);
  return report::comparison_text(comparison, chosen->study, {terminal.columns, terminal.colour});
}

int compare_configurations(const CompareOptions& options, Console& console) {
  const auto text = compared(options, console.out_terminal);
  if (text) {
    console.out << *text;
    return kExitOk;
  }
  complain(console, "compare", text.error());
  return kExitFailure;
}

}  // namespace

Action configure_compare(CLI::App& app) {
  // Shared by the app, which parses into it, and the action, which reads it.
  const auto options = std::make_shared<CompareOptions>();
  app.add_option("first", options->first, "the one to compare with")->type_name("A")->required();
  app.add_option("second", options->second, "the one that is compared")->type_name("B")->required();
  app.add_option("study", options->study.file, "the study file")->type_name("STUDY.yaml");
  add_study_options(app, options->study);
  app.add_flag("--json", options->json, "print JSON");
  return [options](Console& console, const std::vector<std::string>&) {
    return compare_configurations(*options, console);
  };
}

}  // namespace turngreen::cli
