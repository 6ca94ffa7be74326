#include "program.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>

#include "command_table.h"
#include "engine_handover.h"
#include "exit_status.h"
#include "help_text.h"
#include "option_outline.h"
#include "turngreen/units/nearest_word.h"

namespace turngreen::cli {
namespace {

using Arguments = std::vector<std::string>;

std::string did_you_mean(std::string_view typed, const Arguments& words) {
  const auto nearest = units::nearest_word(typed, words);
  return nearest ? fmt::format("; did you mean {}?", *nearest) : std::string();
}

int unknown_command(const std::string& typed, Console& console) {
  Arguments names;
  for (const auto& command : command_table()) names.emplace_back(command.name);
  console.err << fmt::format("turngreen: there is no command \"{}\"{} (see turngreen --help)\n",
                             typed, did_you_mean(typed, names));
  return kExitUsage;
}

/// One line for what CLI11 did not like, with the nearest option where one was mistyped.
std::string usage_message(const CLI::App& app, const CLI::ParseError& error) {
  const auto remaining = app.remaining();
  const auto unknown = std::find_if(remaining.begin(), remaining.end(), [](const auto& word) {
    return word.size() > 1 && word.front() == '-';
  });
  if (dynamic_cast<const CLI::ExtrasError*>(&error) == nullptr || remaining.empty()) {
    return error.what();
  }
  if (unknown == remaining.end()) {
    return fmt::format("there is no place for \"{}\"", remaining.front());
  }
  const std::string typed = unknown->substr(0, unknown->find('='));
  Arguments names;
  for (const auto& option : option_outline(app)) {
    names.insert(names.end(), option.names.begin(), option.names.end());
  }
  return fmt::format("there is no option {}{}", typed, did_you_mean(typed, names));
}

bool contains(const Arguments& words, std::initializer_list<std::string_view> wanted) {
  return std::find_first_of(words.begin(), words.end(), wanted.begin(), wanted.end()) !=
         words.end();
}

int run_command(const Command& command, Arguments options, const Arguments& rest,
                Console& console) {
  if (contains(options, {"-h", "--help"})) {
    console.out << command_help(command);
    return kExitOk;
  }
  if (contains(options, {"--version"})) {
    console.out << "turngreen " TURNGREEN_VERSION "\n";
    return kExitOk;
  }
  if (command.is_handed_over) {
    options.insert(options.begin(), std::string(command.name));
    return hand_over_to_engine(options, console);
  }
  CLI::App app;
  app.set_help_flag();
  const Action action = command.configure(app);
  add_standard_flags(app);
  try {
    std::reverse(options.begin(), options.end());  // CLI11 takes them last first
    app.parse(options);
  } catch (const CLI::ParseError& error) {
    console.err << fmt::format("turngreen {0}: {1} (see turngreen {0} --help)\n", command.name,
                               usage_message(app, error));
    return command.usage_status;
  }
  return action(console, rest);
}

int dispatch(std::span<const std::string> arguments, Console& console) {
  if (arguments.empty()) {
    console.err << program_help();
    return kExitUsage;
  }
  const std::string& first = arguments.front();
  if (first == "--help" || first == "-h") {
    console.out << program_help();
    return kExitOk;
  }
  if (first == "--version") {
    console.out << "turngreen " TURNGREEN_VERSION "\n";
    return kExitOk;
  }
  const Command* command = find_command(first);
  if (command == nullptr) return unknown_command(first, console);

  const auto end = command->measures_command
                       ? std::find(arguments.begin() + 1, arguments.end(), "--")
                       : arguments.end();
  Arguments rest;
  if (end != arguments.end()) rest.assign(end + 1, arguments.end());
  return run_command(*command, Arguments(arguments.begin() + 1, end), rest, console);
}

}  // namespace

int run_program(std::span<const std::string> arguments, Console& console) {
  const int status = dispatch(arguments, console);
  console.out.flush();
  if (console.out.good()) return status;
  console.err << "turngreen: cannot write to standard output; free some space or redirect it to "
                 "another place\n";
  return status == kExitOk ? kExitFailure : status;
}

}  // namespace turngreen::cli
