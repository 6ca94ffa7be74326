#include "cli/explain.h"

#include <gmock/gmock.h>

#include "cli/schema_texts.h"
#include "cli/study_folder.h"
#include "report/json_schema_check.h"

namespace turngreen::cli {
namespace {

using nlohmann::json;
using testing::ContainsRegex;
using testing::HasSubstr;

json explanation_schema() {
  for (const auto& known : schema_texts()) {
    if (known.name == "explanation") return json::parse(known.text);
  }
  return {};
}

/// A study that has been tuned.
class Explain : public testing::Test {
 protected:
  Explain() { EXPECT_EQ(folder.tune().status, 0); }
  Finished explain(std::vector<std::string> more = {}) const {
    more.insert(more.begin(), {"explain", folder.file()});
    return run_turngreen(more);
  }
  StudyFolder folder;
};

TEST_F(Explain, every_value_has_its_factor_with_an_interval) {
  const Finished explained = explain();
  EXPECT_EQ(explained.status, 0) << explained.err;
  EXPECT_THAT(explained.out, ContainsRegex("width=4 +0\\.[56][0-9]+ +0\\.[0-9]+ \\.\\. 0\\."));
  EXPECT_THAT(explained.out, HasSubstr("lr=1e-5"));
}

TEST_F(Explain, pairs_that_are_not_distinguishable_are_listed_on_demand) {
  EXPECT_THAT(explain().out, HasSubstr("not distinguishable yet (--all lists them)"));
  EXPECT_THAT(explain({"--all"}).out, HasSubstr("lr=1e-5 with width=4"));
}

TEST_F(Explain, the_json_is_of_its_schema_which_knows_every_key) {
  const Finished explained = explain({"--json"});
  ASSERT_EQ(explained.status, 0) << explained.err;
  const json document = json::parse(explained.out);
  const json schema = explanation_schema();
  EXPECT_EQ(report::schema_fault(document, schema), "");
  for (const auto& [key, value] : document.items()) {
    EXPECT_TRUE(schema["properties"].contains(key)) << key;
  }
  ASSERT_EQ(document["knobs"].size(), 3u);
  EXPECT_NEAR(document["knobs"][1]["factor"]["estimate"], 0.6, 0.05);
}

TEST_F(Explain, a_stage_is_explained_alone_and_one_that_is_not_there_is_an_error) {
  EXPECT_EQ(explain({"--stage", "train"}).status, 0);
  const Finished missing = explain({"--stage", "evaluate"});
  EXPECT_EQ(missing.status, 1);
  EXPECT_THAT(missing.err, HasSubstr("no stage \"evaluate\""));
}

TEST(ExplainBefore, without_a_store_it_says_what_makes_one_and_makes_none) {
  const StudyFolder folder;
  const Finished refused = run_turngreen({"explain", folder.file()});
  EXPECT_EQ(refused.status, 1);
  EXPECT_THAT(refused.err, HasSubstr("turngreen tune"));
  EXPECT_FALSE(std::filesystem::exists(folder / "turngreen.db"));
}

}  // namespace
}  // namespace turngreen::cli
