#include "cli/report.h"

#include <gmock/gmock.h>

#include "cli/schema_texts.h"
#include "cli/study_folder.h"
#include "report/json_schema_check.h"

namespace turngreen::cli {
namespace {

using nlohmann::json;
using testing::HasSubstr;

json report_schema() {
  for (const auto& known : schema_texts()) {
    if (known.name == "report") return json::parse(known.text);
  }
  return {};
}

/// A study that has been tuned.
class Report : public testing::Test {
 protected:
  Report() { EXPECT_EQ(folder.tune().status, 0); }
  Finished report(std::vector<std::string> more = {}) const {
    more.insert(more.begin(), "report");
    return run_turngreen(more);
  }
  std::string store() const { return (folder / "turngreen.db").string(); }
  StudyFolder folder;
};

TEST_F(Report, the_json_is_of_its_schema_which_knows_every_key) {
  const Finished shown = report({folder.file(), "--json", "-"});
  ASSERT_EQ(shown.status, 0) << shown.err;
  const json document = json::parse(shown.out);
  const json schema = report_schema();
  EXPECT_EQ(report::schema_fault(document, schema), "");
  for (const auto& [key, value] : document.items()) {
    EXPECT_TRUE(schema["properties"].contains(key)) << key;
  }
  EXPECT_EQ(document["configurations"][0]["quadrant"], "baseline");
}

TEST_F(Report, recommends_what_tuning_recommended) {
  const json tuned = folder.result();
  const Finished shown = report({"--store", store(), "--json", "-"});
  ASSERT_EQ(shown.status, 0) << shown.err;
  const json document = json::parse(shown.out);
  for (const auto& each : document["configurations"]) {
    if (each["status"] != "recommended") continue;
    EXPECT_EQ(each["configuration"], tuned["recommended"]);
    EXPECT_EQ(each["name"], document["recommended"]);
  }
  EXPECT_EQ(document["saving"]["value"], tuned["saving"]["estimate"]);
}

TEST_F(Report, all_forms_are_written_at_once) {
  const auto at = [&](const char* name) { return (folder / name).string(); };
  const Finished shown =
      report({folder.file(), "--json", at("r.json"), "--markdown", at("r.md"), "--latex",
              at("r.tex"), "--csv", at("r.csv"), "--carbon", "FR", "--price", "0.30 EUR/kWh"});
  ASSERT_EQ(shown.status, 0) << shown.err;
  EXPECT_THAT(shown.out, HasSubstr("study example"));
  for (const char* name : {"r.json", "r.md", "r.tex", "r.csv"}) {
    EXPECT_TRUE(std::filesystem::exists(folder / name)) << name;
  }
  const json document = json::parse(report::content_of(at("r.json")));
  EXPECT_EQ(document["study"]["currency"], "EUR");
  EXPECT_THAT(document["study"]["carbon_basis"].get<std::string>(), HasSubstr("France"));
}

TEST_F(Report, a_file_that_cannot_be_written_is_found_before_the_work) {
  const Finished refused = report({folder.file(), "--json", "/no/such/folder/r.json"});
  EXPECT_EQ(refused.status, 1);
  EXPECT_THAT(refused.err, HasSubstr("/no/such/folder"));
}

TEST_F(Report, a_study_that_is_not_there_is_an_error_that_names_those_that_are) {
  const Finished refused = report({"--store", store(), "--study", "exampel"});
  EXPECT_EQ(refused.status, 1);
  EXPECT_THAT(refused.err, HasSubstr("example"));
}

TEST_F(Report, a_carbon_intensity_that_is_none_is_an_error) {
  const Finished refused = report({folder.file(), "--carbon", "much"});
  EXPECT_EQ(refused.status, 1);
  EXPECT_THAT(refused.err, HasSubstr("much"));
}

}  // namespace
}  // namespace turngreen::cli
