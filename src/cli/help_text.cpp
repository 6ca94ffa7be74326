#include "help_text.h"

#include <fmt/format.h>

#include <algorithm>

#include "option_outline.h"

namespace turngreen::cli {
namespace {

constexpr std::size_t kColumns = 80;
constexpr std::size_t kTextColumn = 26;

/// Words of `text` in lines of at most kColumns, each but the first after `indent` blanks; `used`
/// columns of the first line are taken already.
std::string folded(std::string_view text, std::size_t indent, std::size_t used) {
  std::string out;
  std::size_t column = used;
  while (!text.empty()) {
    const auto word = text.substr(0, text.find(' '));
    text.remove_prefix(std::min(text.size(), word.size() + 1));
    if (column > indent && column + 1 + word.size() > kColumns) {
      out += '\n' + std::string(indent, ' ');
      column = indent;
    } else if (column > indent) {
      out += ' ';
      ++column;
    }
    out += word;
    column += word.size();
  }
  return out;
}

std::string option_head(const OptionOutline& option) {
  std::string head;
  for (const auto& name : option.names) head += (head.empty() ? "" : ", ") + name;
  if (!option.placeholder.empty()) head += (head.empty() ? "" : " ") + option.placeholder;
  return head;
}

/// A list of words that is too long for a line goes on in the next, after a '|'.
std::string broken_list(std::string head) {
  std::size_t begin = 0;
  while (head.size() - begin > kColumns) {
    const auto bar = head.rfind('|', begin + kColumns - 1);
    if (bar == std::string::npos || bar <= begin) break;
    head.insert(bar + 1, "\n    ");
    begin = bar + 2;
  }
  return head;
}

std::string option_line(const OptionOutline& option) {
  std::string line = broken_list("  " + option_head(option));
  if (line.size() + 2 > kTextColumn) {
    line += '\n' + std::string(kTextColumn, ' ');
  } else {
    line.resize(kTextColumn, ' ');
  }
  return line + folded(option.text, kTextColumn, kTextColumn) + '\n';
}

std::string paragraphs(std::string_view details) {
  std::string out;
  while (!details.empty()) {
    const auto line = details.substr(0, details.find('\n'));
    details.remove_prefix(std::min(details.size(), line.size() + 1));
    const bool example = !line.empty() && line.front() == ' ';
    out += (example ? std::string(line) : folded(line, 0, 0)) + '\n';
  }
  return out;
}

}  // namespace

std::string program_help() {
  std::string out =
      "turngreen measures the energy that programs take, with an interval on every joule.\n\n"
      "Usage: turngreen COMMAND [options]\n\nCommands:\n";
  for (const auto& command : command_table()) {
    std::string line = fmt::format("  {:<12}", command.name);
    out += line + folded(command.summary, line.size(), line.size()) + '\n';
  }
  return out +
         "\nOptions:\n  -h, --help  print this help; after a command, that command's\n"
         "  --version   print the version\n";
}

std::string command_help(const Command& command) {
  const std::string title = fmt::format("turngreen {}: {}", command.name, command.summary);
  std::string out = fmt::format("{}\n\nUsage: turngreen {} {}\n", folded(title, 0, 0), command.name,
                                command.synopsis);
  // One block a group, in the order in which groups come up.
  std::vector<std::pair<std::string, std::string>> blocks;
  for (const auto& option : option_outline(command)) {
    const std::string heading = option.positional() ? "Arguments" : option.group;
    auto block = std::find_if(blocks.begin(), blocks.end(),
                              [&](const auto& known) { return known.first == heading; });
    if (block == blocks.end()) block = blocks.insert(block, {heading, {}});
    block->second += option_line(option);
  }
  for (const auto& [heading, lines] : blocks) out += fmt::format("\n{}:\n{}", heading, lines);
  if (!command.details.empty()) out += '\n' + paragraphs(command.details);
  return out;
}

}  // namespace turngreen::cli
