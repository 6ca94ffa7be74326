#pragma once

#include <functional>
#include <ostream>
#include <span>
#include <string_view>

namespace CLI {
class App;
}

namespace turngreen::engine {

/// Runs a command whose options have been parsed; results go to `out`, everything about them to
/// `err`. Returns the exit status.
using Action = std::function<int(std::ostream& out, std::ostream& err)>;

/// All there is to know about a command of turngreen-engine.
struct Command {
  std::string_view name;
  std::string_view summary;  ///< one line, lower case, no full stop
  std::string_view details;  ///< paragraphs, parted by empty lines; an indented line is an example
  /// Adds the options to `app`, and hands back what to run once they are parsed. The action owns
  /// what the options are parsed into, so it must outlive the app's use.
  Action (*configure)(CLI::App& app);
  /// The same for the model family hashed_linear; null: families make no difference.
  Action (*configure_linear)(CLI::App& app) = nullptr;
};

std::span<const Command> command_table();
const Command* find_command(std::string_view name);

}  // namespace turngreen::engine
