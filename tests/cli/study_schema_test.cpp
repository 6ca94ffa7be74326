#include <gmock/gmock.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "cli/schema_texts.h"
#include "turngreen/study/study_file.h"

namespace turngreen::cli {
namespace {

using nlohmann::json;
using testing::HasSubstr;

json study_schema() {
  for (const auto& known : schema_texts()) {
    if (known.name == "study") return json::parse(known.text);
  }
  return {};
}

std::string joined(const json& keys) {
  std::string text;
  for (const auto& key : keys) text += (text.empty() ? "" : ", ") + key.get<std::string>();
  return text;
}

/// The keys that the reader names where it finds one that is near none.
std::vector<std::string> keys_read(const std::string& text) {
  const std::string faults = study::parse_study_file(text, "/s.yaml").error().message;
  const std::string lead = "there is no key 'zzzzzzzzzzzzzzzz'; there are ";
  const auto at = faults.find(lead);
  EXPECT_NE(at, std::string::npos) << faults;
  if (at == std::string::npos) return {};
  std::string list = faults.substr(at + lead.size());
  list = list.substr(0, list.find('\n'));
  std::vector<std::string> keys;
  for (std::size_t start = 0; start <= list.size();) {
    const auto end = std::min(list.find(", ", start), list.size());
    keys.push_back(list.substr(start, end - start));
    start = end + 2;
  }
  std::sort(keys.begin(), keys.end());
  return keys;
}

std::vector<std::string> keys_of(const json& object) {
  std::vector<std::string> keys;
  for (const auto& [key, value] : object["properties"].items()) keys.push_back(key);
  std::sort(keys.begin(), keys.end());
  return keys;
}

TEST(StudySchema, knows_the_keys_that_are_read) {
  const json schema = study_schema();
  const json& top = schema["properties"];
  const std::string odd = "zzzzzzzzzzzzzzzz: 1";
  EXPECT_EQ(keys_read(odd), keys_of(schema));
  EXPECT_EQ(keys_read("quality: {" + odd + "}"), keys_of(top["quality"]));
  EXPECT_EQ(keys_read("budget: {" + odd + "}"), keys_of(top["budget"]));
  EXPECT_EQ(keys_read("verification: {" + odd + "}"), keys_of(top["verification"]));
  EXPECT_EQ(keys_read("constraints: {a: {" + odd + "}}"),
            keys_of(top["constraints"]["additionalProperties"]));
  EXPECT_EQ(keys_read("pipeline: {command: {" + odd + "}}"), keys_of(schema["$defs"]["command"]));
  EXPECT_EQ(keys_read("pipeline: {engine: {" + odd + "}}"), keys_of(schema["$defs"]["engine"]));
  EXPECT_EQ(keys_read("pipeline: {table: {" + odd + "}}"), keys_of(schema["$defs"]["table"]));
  EXPECT_EQ(keys_read("pipeline: {recorded: {" + odd + "}}"), keys_of(schema["$defs"]["recorded"]));
  EXPECT_EQ(keys_read("knobs: {a: {" + odd + "}}"), keys_of(schema["$defs"]["knob"]));
}

TEST(StudySchema, knows_the_words_that_are_read) {
  const json schema = study_schema();
  const auto faults = [](const std::string& text) {
    return study::parse_study_file(text, "/s.yaml").error().message;
  };
  EXPECT_THAT(faults("objective: zzzzzzzz"),
              HasSubstr("write " + joined(schema["properties"]["objective"]["enum"])));
  const json& knob = schema["$defs"]["knob"]["properties"];
  EXPECT_THAT(faults("knobs: {a: {phase: zzzzzzzz}}"),
              HasSubstr("write " + joined(knob["phase"]["enum"])));
  EXPECT_THAT(faults("knobs: {a: {resource: zzzzzzzz}}"),
              HasSubstr("write " + joined(knob["resource"]["enum"])));
}

}  // namespace
}  // namespace turngreen::cli
