#include "option_outline.h"

#include <CLI/CLI.hpp>
#include <algorithm>

namespace turngreen::cli {

std::vector<std::string> OptionOutline::choices() const {
  constexpr std::string_view kWordLetters = "abcdefghijklmnopqrstuvwxyz-_|";
  if (placeholder.find('|') == std::string::npos ||
      placeholder.find_first_not_of(kWordLetters) != std::string::npos) {
    return {};
  }
  std::vector<std::string> words{""};
  for (const char c : placeholder) {
    if (c == '|') {
      words.emplace_back();
    } else {
      words.back() += c;
    }
  }
  return words;
}

std::vector<OptionOutline> option_outline(const CLI::App& app) {
  std::vector<OptionOutline> rows;
  for (const CLI::Option* option : app.get_options()) {
    OptionOutline row;
    for (const auto& name : option->get_snames()) row.names.push_back("-" + name);
    for (const auto& name : option->get_lnames()) row.names.push_back("--" + name);
    if (option->get_expected_max() > 0) row.placeholder = option->get_type_name();
    row.text = option->get_description();
    row.group = option->get_group();
    rows.push_back(std::move(row));
  }
  return rows;
}

std::vector<OptionOutline> option_outline(const Command& command) {
  CLI::App app;
  app.set_help_flag();
  const Action action = command.configure(app);
  add_standard_flags(app);
  return option_outline(app);
}

void add_standard_flags(CLI::App& app) {
  app.add_flag("-h,--help")->description("print this help");
  app.add_flag("--version")->description("print the version");
}

}  // namespace turngreen::cli
