#pragma once

#include <string>
#include <vector>

#include "command_table.h"

namespace turngreen::cli {

/// One option or positional argument of a command, as a reader sees it. Read back from CLI11, so
/// that help, completion and man pages cannot tell of options that are not there.
struct OptionOutline {
  std::vector<std::string> names;  ///< "-h", "--help"; empty: positional
  std::string placeholder;         ///< "FILE", "machine|process"; empty: a flag
  std::string text;
  std::string group;

  bool positional() const { return names.empty(); }
  /// The words it may be, where those are few and fixed: a placeholder of lower-case words with
  /// '|'.
  std::vector<std::string> choices() const;
  bool takes_file() const { return placeholder.find("FILE") != std::string::npos; }
  bool takes_directory() const { return placeholder.find("DIR") != std::string::npos; }
};

std::vector<OptionOutline> option_outline(const CLI::App& app);
std::vector<OptionOutline> option_outline(const Command& command);

/// Adds --help and --version, which every command has.
void add_standard_flags(CLI::App& app);

}  // namespace turngreen::cli
