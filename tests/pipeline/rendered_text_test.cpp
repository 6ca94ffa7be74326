#include "pipeline/rendered_text.h"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace turngreen::pipeline {
namespace {

using Values = std::vector<std::pair<std::string, std::string>>;
using Format = RenderedFile::Format;

std::string yaml(const std::string& value) {
  const auto text = rendered_text(Format::yaml, Values{{"a", value}});
  return text.substr(5, text.size() - 6);
}

TEST(RenderedText, numbers_are_written_so_that_every_yaml_reader_sees_one) {
  EXPECT_EQ(yaml("5e-5"), "5.0e-05");
  EXPECT_EQ(yaml("1e20"), "1.0e+20");
  EXPECT_EQ(yaml(".5"), "0.5");
  EXPECT_EQ(yaml("-12"), "-12");
  EXPECT_EQ(yaml("0"), "0");
  EXPECT_EQ(yaml("007"), "7.0");
  EXPECT_EQ(yaml("12345678901234567890123"), "12345678901234567890123");
}

TEST(RenderedText, words_are_quoted_so_that_no_reader_sees_something_else) {
  EXPECT_EQ(yaml("off"), "\"off\"");
  EXPECT_EQ(yaml("null"), "\"null\"");
  EXPECT_EQ(yaml("a: \"b\"\n"), "\"a: \\\"b\\\"\\n\"");
  EXPECT_EQ(yaml(""), "\"\"");
  EXPECT_EQ(yaml("true"), "true");
}

TEST(RenderedText, json_is_read_back_as_the_same_values) {
  const auto json = nlohmann::json::parse(rendered_text(
      Format::json, Values{{"lr", "1e-5"}, {"mode", "a \"b\""}, {"n", "3"}, {"on", "false"}}));
  EXPECT_EQ(json["lr"], 1e-5);
  EXPECT_EQ(json["mode"], "a \"b\"");
  EXPECT_EQ(json["n"], 3);
  EXPECT_EQ(json["on"], false);
  EXPECT_EQ(nlohmann::json::parse(rendered_text(Format::json, {})).size(), 0U);
}

}  // namespace
}  // namespace turngreen::pipeline
