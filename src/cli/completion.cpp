#include "completion.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <array>
#include <memory>

#include "exit_status.h"
#include "option_outline.h"

namespace turngreen::cli {
namespace {

struct Shell {
  std::string_view name;
  std::string (*script)();
};

constexpr std::array kShells{Shell{"bash", bash_completion}, Shell{"zsh", zsh_completion},
                             Shell{"fish", fish_completion}};

constexpr std::string_view kNothing = "COMPREPLY=()";

std::string joined(const std::vector<std::string>& words) {
  return fmt::format("{}", fmt::join(words, " "));
}

std::string command_names() {
  std::vector<std::string> names;
  for (const auto& command : command_table()) names.emplace_back(command.name);
  return joined(names);
}

std::string replaced(std::string_view text, char letter, std::string_view by) {
  std::string out;
  for (const char c : text) out += c == letter ? std::string(by) : std::string(1, c);
  return out;
}

/// What stands in single quotes in a shell.
std::string quotable(std::string_view text) { return replaced(text, '\'', "'\\''"); }

/// The words that may follow `option`, as a bash command that fills COMPREPLY.
std::string bash_values(const OptionOutline& option) {
  if (const auto words = option.choices(); !words.empty()) {
    return fmt::format("COMPREPLY=($(compgen -W '{}' -- \"$cur\"))", joined(words));
  }
  if (option.takes_file()) return "COMPREPLY=($(compgen -f -- \"$cur\"))";
  if (option.takes_directory()) return "COMPREPLY=($(compgen -d -- \"$cur\"))";
  return std::string(kNothing);
}

std::string bash_case(const Command& command) {
  std::vector<std::string> names;
  std::string values;
  std::string positional(kNothing);
  for (const auto& option : option_outline(command)) {
    names.insert(names.end(), option.names.begin(), option.names.end());
    if (option.positional()) {
      // The first one follows the command itself; where there are two, the last is all the rest.
      positional = positional == kNothing
                       ? bash_values(option)
                       : fmt::format("if ((COMP_CWORD == 2)); then {}; else {}; fi", positional,
                                     bash_values(option));
    } else if (!option.placeholder.empty()) {
      values += fmt::format("        {}) {}; return ;;\n", fmt::join(option.names, "|"),
                            bash_values(option));
    }
  }
  if (command.measures_command) {
    names.emplace_back("--");
    positional = "COMPREPLY=($(compgen -W '--' -- \"$cur\"))";
  }
  return fmt::format(
      "    {})\n"
      "      case \"$prev\" in\n{}      esac\n"
      "      if [[ $cur == -* ]]; then\n"
      "        COMPREPLY=($(compgen -W '{}' -- \"$cur\"))\n"
      "      else\n"
      "        {}\n"
      "      fi ;;\n",
      command.name, values, joined(names), positional);
}

std::string zsh_value(const OptionOutline& option) {
  if (option.placeholder.empty()) return {};
  std::string action = " ";
  if (const auto words = option.choices(); !words.empty()) {
    action = "(" + joined(words) + ")";
  } else if (option.takes_file()) {
    action = "_files";
  } else if (option.takes_directory()) {
    action = "_files -/";
  }
  return fmt::format(":{}:{}", replaced(option.placeholder, ':', "\\:"), action);
}

std::string zsh_case(const Command& command) {
  std::string out = fmt::format("    {})\n      _arguments -S", command.name);
  int place = 0;
  for (const auto& option : option_outline(command)) {
    if (option.positional()) {
      out += fmt::format(" \\\n        '{}{}'", ++place, zsh_value(option));
      continue;
    }
    const std::string text =
        replaced(replaced(replaced(quotable(option.text), '[', "\\["), ']', "\\]"), ':', "\\:");
    for (const auto& name : option.names) {
      out += fmt::format(" \\\n        '{}[{}]{}'", name, text, zsh_value(option));
    }
  }
  if (command.measures_command) out += " \\\n        '*::command:_normal'";
  return out + " ;;\n";
}

std::string fish_lines(const Command& command) {
  const std::string condition =
      fmt::format("complete -c turngreen -n '__fish_seen_subcommand_from {}'", command.name);
  std::string out;
  for (const auto& option : option_outline(command)) {
    std::string line = condition;
    for (const auto& name : option.names) {
      line += name.rfind("--", 0) == 0 ? " -l " + name.substr(2) : " -s " + name.substr(1);
    }
    if (!option.placeholder.empty()) {
      const auto words = option.choices();
      const bool file = option.takes_file() || option.takes_directory();
      line += file ? " -rF" : option.positional() ? " -f" : " -x";
      if (!words.empty()) line += fmt::format(" -a '{}'", joined(words));
    }
    out += fmt::format("{} -d '{}'\n", line, quotable(option.text));
  }
  return out;
}

}  // namespace

std::string bash_completion() {
  std::string out =
      "# bash completion for turngreen\n"
      "_turngreen() {\n"
      "  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} i\n"
      "  COMPREPLY=()\n"
      "  if [[ $COMP_CWORD -eq 1 ]]; then\n";
  out += fmt::format("    COMPREPLY=($(compgen -W '{} --help --version' -- \"$cur\"))\n",
                     command_names());
  out +=
      "    return\n"
      "  fi\n"
      "  for ((i = 2; i < COMP_CWORD; i++)); do\n"
      "    if [[ ${COMP_WORDS[i]} == -- ]]; then\n"
      "      if ((i + 1 == COMP_CWORD)); then\n"
      "        COMPREPLY=($(compgen -c -- \"$cur\"))\n"
      "      else\n"
      "        COMPREPLY=($(compgen -f -- \"$cur\"))\n"
      "      fi\n"
      "      return\n"
      "    fi\n"
      "  done\n"
      "  case ${COMP_WORDS[1]} in\n";
  for (const auto& command : command_table()) out += bash_case(command);
  return out + "  esac\n}\ncomplete -o filenames -F _turngreen turngreen\n";
}

std::string zsh_completion() {
  std::string out =
      "#compdef turngreen\n"
      "_turngreen() {\n"
      "  local -a commands\n"
      "  commands=(\n";
  for (const auto& command : command_table()) {
    out +=
        fmt::format("    '{}:{}'\n", command.name, replaced(quotable(command.summary), ':', "\\:"));
  }
  out +=
      "  )\n"
      "  if (( CURRENT == 2 )); then\n"
      "    _describe command commands\n"
      "    return\n"
      "  fi\n"
      "  local command=$words[2]\n"
      "  shift words\n"
      "  (( CURRENT-- ))\n"
      "  case $command in\n";
  for (const auto& command : command_table()) out += zsh_case(command);
  return out +
         "  esac\n}\n"
         "if [[ $funcstack[1] == _turngreen ]]; then _turngreen \"$@\"; else compdef _turngreen "
         "turngreen; fi\n";
}

std::string fish_completion() {
  std::string out = "# fish completion for turngreen\n";
  for (const auto& command : command_table()) {
    out += fmt::format("complete -c turngreen -f -n __fish_use_subcommand -a {} -d '{}'\n",
                       command.name, quotable(command.summary));
  }
  for (const auto& command : command_table()) out += fish_lines(command);
  return out;
}

Action configure_completion(CLI::App& app) {
  // Shared by the app, which parses into it, and the action, which reads it.
  const auto shell = std::make_shared<std::string>();
  std::vector<std::string> names;
  for (const auto& known : kShells) names.emplace_back(known.name);
  app.add_option("shell", *shell, "the shell")
      ->type_name(fmt::format("{}", fmt::join(names, "|")))
      ->required();
  return [shell](Console& console, const std::vector<std::string>&) {
    for (const auto& known : kShells) {
      if (known.name != *shell) continue;
      console.out << known.script();
      return kExitOk;
    }
    console.err << fmt::format(
        "turngreen completion: \"{}\" is no shell known here; there are bash, zsh and fish\n",
        *shell);
    return kExitUsage;
  };
}

}  // namespace turngreen::cli
