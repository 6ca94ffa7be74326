#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "console.h"

namespace CLI {
class App;
}

namespace turngreen::cli {

/// Runs a command whose options have been parsed; `rest` is what followed "--". Returns the exit
/// status.
using Action = std::function<int(Console& console, const std::vector<std::string>& rest)>;

/// All there is to know about a command: dispatch, help, completion and man pages are made from it.
struct Command {
  std::string_view name;
  std::string_view summary;   ///< one line, lower case, no full stop
  std::string_view synopsis;  ///< what follows the name on the command line
  std::string_view details;   ///< paragraphs, parted by empty lines; an indented line is an example
  int usage_status;           ///< exit status for wrong usage
  bool measures_command;      ///< takes a command of the user's after "--"
  /// Adds the options to `app`, and hands back what to run once they are parsed. The action owns
  /// what the options are parsed into, so it must outlive the app's use.
  Action (*configure)(CLI::App& app);
  /// turngreen-engine does it, and is given the arguments as they are.
  bool is_handed_over = false;
};

std::span<const Command> command_table();
const Command* find_command(std::string_view name);

}  // namespace turngreen::cli
