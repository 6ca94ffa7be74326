#include "run.h"

#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <memory>

#include "complaint.h"
#include "exit_status.h"
#include "turngreen/study/best_file.h"

namespace turngreen::cli {
namespace {

constexpr std::string_view kName = "run";

void add_to_environment(const std::vector<std::string>& variables) {
  for (const std::string& variable : variables) {
    const auto equals = variable.find('=');
    if (equals == 0 || equals == std::string::npos) continue;
    ::setenv(variable.substr(0, equals).c_str(), variable.substr(equals + 1).c_str(), 1);
  }
}

/// Comes back only where it could not be started.
int become(pipeline::ReadyCommand command, Console& console) {
  const auto failed = [&](const std::string& what) {
    complain(console, kName, Error{Error::Kind::io, what});
    return kExitFailure;
  };
  if (!command.directory.empty() && ::chdir(command.directory.c_str()) != 0) {
    return failed(fmt::format("{}: {}; the command is to run there", command.directory.string(),
                              std::strerror(errno)));
  }
  add_to_environment(command.environment);
  std::vector<char*> argv;
  for (std::string& word : command.words) argv.push_back(word.data());
  argv.push_back(nullptr);
  console.out.flush();
  ::execvp(argv.front(), argv.data());
  return failed(
      fmt::format("{} cannot be started: {}", command.words.front(), std::strerror(errno)));
}

}  // namespace

Action configure_run(CLI::App& app) {
  // Shared by the app, which parses into it, and the action, which reads it.
  const auto file = std::make_shared<std::string>();
  app.add_option("best", *file, "what turngreen tune recommends")
      ->type_name("BEST.yaml")
      ->required();
  return [file](Console& console, const std::vector<std::string>&) {
    auto command = study::load_best_file(*file);
    if (!command) {
      complain(console, kName, command.error());
      return kExitFailure;
    }
    return become(*std::move(command), console);
  };
}

}  // namespace turngreen::cli
