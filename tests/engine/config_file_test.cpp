#include "config_file.h"

#include <gmock/gmock.h>

#include <map>

namespace turngreen::engine {
namespace {

using testing::HasSubstr;

std::map<std::string, std::string> settings_of(std::string_view text) {
  std::map<std::string, std::string> settings;
  const auto parsed = parse_config(text, "c.yaml");
  for (const ConfigSetting& setting : *parsed) settings[setting.name] = setting.value;
  return settings;
}

std::string error_of(std::string_view text) {
  const auto settings = parse_config(text, "c.yaml");
  return settings ? "no error" : settings.error().message;
}

TEST(ConfigFile, scalars_are_read_as_yaml_reads_them) {
  const auto settings = settings_of(
      "---\n# a comment\nepochs: 3 # as before\n\nlearning_rate: 5e-5\r\n"
      "text: 'it''s: #1'\nlabel: \"a\\tb\\\"\"\nmodel: /a/b#c\n");
  EXPECT_THAT(settings, testing::UnorderedElementsAre(
                            testing::Pair("epochs", "3"), testing::Pair("learning_rate", "5e-5"),
                            testing::Pair("text", "it's: #1"), testing::Pair("label", "a\tb\""),
                            testing::Pair("model", "/a/b#c")));
}

TEST(ConfigFile, a_setting_without_a_value_is_left_out) {
  EXPECT_TRUE(settings_of("epochs:\nseed: ~\nlabel: null # none\ntext: # later\n").empty());
}

TEST(ConfigFile, lines_are_counted_from_one) {
  EXPECT_EQ(parse_config("\n# c\nseed: 1\n", "c.yaml").value().front().line, 3);
}

TEST(ConfigFile, what_is_no_flat_map_is_named_with_its_line) {
  EXPECT_THAT(error_of("seed: 1\n  epochs: 3\n"), HasSubstr("c.yaml:2: a line that is set in"));
  EXPECT_THAT(error_of("- seed\n"), HasSubstr("c.yaml:1: a list"));
  EXPECT_THAT(error_of("seed: [1, 2]\n"), HasSubstr("seed: a list or map"));
  EXPECT_THAT(error_of("seed\n"), HasSubstr("\"seed\" is no setting"));
  EXPECT_THAT(error_of("seed:1\n"), HasSubstr("\"seed:1\" is no setting"));
  EXPECT_THAT(error_of("text: a: b\n"), HasSubstr("a second colon"));
  EXPECT_THAT(error_of("text: *a\n"), HasSubstr("begins with *"));
  EXPECT_THAT(error_of("text: \"abc\n"), HasSubstr("is not closed"));
  EXPECT_THAT(error_of("text: 'a' b\n"), HasSubstr("behind the closing quote"));
  EXPECT_THAT(error_of("text: \"\\x41\"\n"), HasSubstr("an escape other than"));
}

TEST(ConfigFile, a_doubled_name_is_refused) {
  EXPECT_EQ(error_of("seed: 1\nseed: 2\n"),
            "c.yaml:2: seed stands in line 1 already; keep one of them");
}

TEST(ConfigFile, a_file_that_is_not_there_is_named) {
  EXPECT_THAT(read_config_file("/nowhere/c.yaml").error().message,
              HasSubstr("/nowhere/c.yaml: cannot be read"));
}

}  // namespace
}  // namespace turngreen::engine
