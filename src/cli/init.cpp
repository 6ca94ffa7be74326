#include "init.h"

#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <iostream>
#include <memory>
#include <sstream>
#include <thread>

#include "exit_status.h"
#include "study_draft.h"
#include "turngreen/report/file_replacement.h"
#include "turngreen/study/study_file.h"

namespace turngreen::cli {
namespace {

struct InitOptions {
  std::string output = "study.yaml";
  std::string metric;
  bool force = false;
};

/// An empty answer is `otherwise`.
std::string ask(std::string_view question, const std::string& otherwise, Console& console) {
  console.err << question << (otherwise.empty() ? "" : " [" + otherwise + "]") << ": "
              << std::flush;
  std::string answer;
  std::getline(std::cin, answer);
  return answer.empty() ? otherwise : answer;
}

void ask_for_all(StudyDraft& draft, Console& console) {
  std::istringstream words(ask("Command to tune, as typed on a shell without quotes", "", console));
  for (std::string word; words >> word;) draft.command.push_back(word);
  if (draft.command.empty()) return;
  draft.metric = ask("Metric of its quality", draft.metric, console);
  draft.max_drop = ask("How much of it may be given up, in its own unit", draft.max_drop, console);
}

int write_study(const InitOptions& options, const std::vector<std::string>& command,
                Console& console) {
  const auto fault = [&](std::string_view what, int status) {
    console.err << "turngreen init: " << what << '\n';
    return status;
  };
  std::error_code ignored;
  if (!options.force && std::filesystem::exists(options.output, ignored)) {
    return fault(fmt::format("{} is there already; name another with --output or replace it with "
                             "--force",
                             options.output),
                 kExitFailure);
  }
  StudyDraft draft{.command = command};
  draft.processors = std::max(1u, std::thread::hardware_concurrency());
  if (!options.metric.empty()) draft.metric = options.metric;
  if (command.empty() && ::isatty(STDIN_FILENO) == 1) ask_for_all(draft, console);
  if (draft.command.empty()) {
    return fault("there is no command; write it after --, as in turngreen init -- python3 train.py",
                 kExitUsage);
  }
  const std::string text = study_text(draft);
  if (const auto study = study::parse_study_file(text, options.output); !study) {
    return fault(fmt::format("no study file can be made of this:\n{}", study.error().message),
                 kExitUsage);
  }
  if (const auto written = report::replace_file(options.output, text); !written) {
    return fault(written.error().message, kExitFailure);
  }
  console.err << fmt::format(
      "turngreen init: wrote {}; look at its metric and knobs, then turngreen tune {}\n",
      options.output, options.output);
  return kExitOk;
}

}  // namespace

Action configure_init(CLI::App& app) {
  // Shared by the app, which parses into it, and the action, which reads it.
  const auto options = std::make_shared<InitOptions>();
  app.add_option("--output,-o", options->output, "where to write it (study.yaml)")
      ->type_name("FILE");
  app.add_option("--metric", options->metric, "the metric of quality (accuracy)")
      ->type_name("NAME");
  app.add_flag("--force", options->force, "replace a file that is there");
  return [options](Console& console, const std::vector<std::string>& rest) {
    return write_study(*options, rest, console);
  };
}

}  // namespace turngreen::cli
