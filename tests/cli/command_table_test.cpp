#include "cli/command_table.h"

#include <gmock/gmock.h>

#include <set>

#include "cli/help_text.h"
#include "cli/option_outline.h"

namespace turngreen::cli {
namespace {

using testing::HasSubstr;

TEST(CommandTable, every_command_has_its_own_name_and_a_one_line_summary) {
  std::set<std::string_view> names;
  for (const auto& command : command_table()) {
    EXPECT_TRUE(names.insert(command.name).second) << command.name;
    EXPECT_FALSE(command.summary.empty());
    EXPECT_EQ(command.summary.find('\n'), std::string_view::npos);
    EXPECT_EQ(find_command(command.name), &command);
  }
}

TEST(CommandTable, every_command_has_help_and_version) {
  for (const auto& command : command_table()) {
    std::set<std::string> names;
    for (const auto& option : option_outline(command)) {
      names.insert(option.names.begin(), option.names.end());
    }
    EXPECT_EQ(names.count("--help"), 1u) << command.name;
    EXPECT_EQ(names.count("--version"), 1u) << command.name;
  }
}

TEST(CommandTable, every_option_that_takes_a_value_says_what_kind) {
  for (const auto& command : command_table()) {
    for (const auto& option : option_outline(command)) {
      EXPECT_FALSE(option.text.empty()) << command.name;
      EXPECT_EQ(option.placeholder.find("TEXT"), std::string::npos) << option.text;
    }
  }
}

TEST(CommandTable, help_fits_into_80_columns_and_names_every_option) {
  for (const auto& command : command_table()) {
    const std::string help = command_help(command);
    for (const auto& option : option_outline(command)) {
      for (const auto& name : option.names) EXPECT_THAT(help, HasSubstr(name));
    }
    std::size_t start = 0;
    for (std::size_t end; (end = help.find('\n', start)) != std::string::npos; start = end + 1) {
      EXPECT_LE(end - start, 80u) << help.substr(start, end - start);
    }
  }
}

TEST(CommandTable, words_that_an_option_may_be_are_read_from_its_placeholder) {
  OptionOutline option;
  option.placeholder = "machine|process";
  EXPECT_THAT(option.choices(), testing::ElementsAre("machine", "process"));
  option.placeholder = "FILE|:PORT";
  EXPECT_TRUE(option.choices().empty());
}

}  // namespace
}  // namespace turngreen::cli
