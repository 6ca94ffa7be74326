#include "program.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <vector>

#include "command_table.h"
#include "config_words.h"
#include "exit_status.h"
#include "model_family.h"
#include "option_names.h"
#include "set_words.h"
#include "turngreen/knobs/catalogue.h"
#include "turngreen/units/nearest_word.h"

namespace turngreen::engine {
namespace {

std::string program_help() {
  std::string text = "usage: turngreen-engine COMMAND [options]\n\nCommands:\n";
  for (const Command& command : command_table()) {
    text += fmt::format("  {:<12}{}\n", command.name, command.summary);
  }
  return text + "\nturngreen-engine COMMAND --help tells more.\n";
}

std::string did_you_mean(std::string_view typed, const std::vector<std::string>& words) {
  const auto nearest = units::nearest_word(typed, words);
  return nearest ? fmt::format("; did you mean {}?", *nearest) : std::string();
}

int unknown_command(const std::string& typed, std::ostream& err) {
  std::vector<std::string> names;
  for (const Command& command : command_table()) names.emplace_back(command.name);
  err << fmt::format(
      "turngreen-engine: there is no command \"{}\"{} (see turngreen-engine --help)\n", typed,
      did_you_mean(typed, names));
  return kExitUsage;
}

std::string usage_message(const CLI::App& app, const CLI::ParseError& error) {
  const auto remaining = app.remaining();
  if (dynamic_cast<const CLI::ExtrasError*>(&error) == nullptr || remaining.empty())
    return error.what();
  const std::string& typed = remaining.front();
  if (!typed.starts_with("-")) return fmt::format("there is no place for \"{}\"", typed);
  std::vector<std::string> names;
  for (const CLI::Option* option : app.get_options()) names.push_back(option->get_name());
  return fmt::format("there is no option {}{}", typed, did_you_mean(typed, names));
}

/// "FILE:LINE: " where the fault is of an option that a configuration file has set.
std::string place_of(const CLI::ParseError& error, const std::vector<ConfigWord>& words) {
  const std::string_view message = error.what();
  for (const ConfigWord& word : words) {
    if (message.starts_with(word.option + ":") || message.starts_with(word.option + " "))
      return word.place + ": ";
  }
  return {};
}

/// Those that are no knobs of the catalogue: of a knob, a study must know that it is without
/// effect.
std::vector<std::string> settings_among(std::vector<std::string> options) {
  std::erase_if(options, [](const std::string& option) {
    return knobs::find_in_catalogue(underscored(option.substr(2))) != nullptr;
  });
  return options;
}

int run_command(const Command& command, std::vector<std::string> options, std::ostream& out,
                std::ostream& err) {
  CLI::App app{fmt::format("{}.\n\n{}", command.summary, command.details)};
  app.name(fmt::format("turngreen {}", command.name));
  const bool is_linear = family_of(command, options) == ModelFamily::hashed_linear;
  const Action action = is_linear ? command.configure_linear(app) : command.configure(app);
  if (command.name == "train") add_family_option(app);
  std::vector<std::string> passed_over;
  if (is_linear) passed_over = add_options_of_the_other_family(app, command);
  add_config_option(app);
  add_set_option(app);
  auto expanded = with_set_words_as_options(app, options, settings_among(passed_over));
  if (!expanded) {
    err << fmt::format("turngreen {}: {}\n", command.name, expanded.error().message);
    return kExitUsage;
  }
  options = std::move(expanded->words);
  for (const std::string& knob : expanded->passed_over)
    err << fmt::format("turngreen {}: --set {} is of the other model family, and passed over\n",
                       command.name, knob);
  const auto from_file = config_words(app, options);
  if (!from_file) {
    err << fmt::format("turngreen {}: {}\n", command.name, from_file.error().message);
    return kExitUsage;
  }
  for (const ConfigWord& word : *from_file) {
    if (std::find(passed_over.begin(), passed_over.end(), word.option) == passed_over.end())
      options.push_back(word.word);
    else
      err << fmt::format("turngreen {}: {}: {} is of the other model family, and passed over\n",
                         command.name, word.place, word.option);
  }
  try {
    std::reverse(options.begin(), options.end());  // CLI11 takes them last first
    app.parse(options);
  } catch (const CLI::CallForHelp&) {
    out << app.help();
    return kExitOk;
  } catch (const CLI::ParseError& error) {
    err << fmt::format("turngreen {0}: {1}{2} (see turngreen {0} --help)\n", command.name,
                       place_of(error, *from_file), usage_message(app, error));
    return kExitUsage;
  }
  return action(out, err);
}

int dispatch(std::span<const std::string> arguments, std::ostream& out, std::ostream& err) {
  if (arguments.empty()) {
    err << program_help();
    return kExitUsage;
  }
  const std::string& first = arguments.front();
  if (first == "--help" || first == "-h") {
    out << program_help();
    return kExitOk;
  }
  if (first == "--version") {
    out << "turngreen-engine " TURNGREEN_VERSION "\n";
    return kExitOk;
  }
  const Command* command = find_command(first);
  if (command == nullptr) return unknown_command(first, err);
  return run_command(*command, {arguments.begin() + 1, arguments.end()}, out, err);
}

}  // namespace

int run_program(std::span<const std::string> arguments, std::ostream& out, std::ostream& err) {
  const int status = dispatch(arguments, out, err);
  out.flush();
  if (out.good()) return status;
  err << "turngreen-engine: cannot write to standard output; free some space or redirect it to "
         "another place\n";
  return status == kExitOk ? kExitFailure : status;
}

}  // namespace turngreen::engine
