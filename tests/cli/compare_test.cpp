#include "cli/compare.h"

#include <gmock/gmock.h>

#include "cli/schema_texts.h"
#include "cli/study_folder.h"
#include "report/json_schema_check.h"

namespace turngreen::cli {
namespace {

using nlohmann::json;
using testing::ContainsRegex;
using testing::HasSubstr;

/// A study that has been tuned: width=4 was run in full.
class Compare : public testing::Test {
 protected:
  Compare() { EXPECT_EQ(folder.tune().status, 0); }
  Finished compare(std::vector<std::string> more) const {
    more.insert(more.begin(), "compare");
    more.push_back(folder.file());
    return run_turngreen(more);
  }
  StudyFolder folder;
};

TEST_F(Compare, two_configurations_stand_side_by_side) {
  const Finished compared = compare({"baseline", "width=4"});
  EXPECT_EQ(compared.status, 0) << compared.err;
  EXPECT_THAT(compared.out, HasSubstr("A  baseline, "));
  EXPECT_THAT(compared.out, HasSubstr("B  width=4, "));
  EXPECT_THAT(compared.out, ContainsRegex("energy +100.* J +60.* J +-40.* J +-40.0 %"));
}

TEST_F(Compare, trials_and_what_is_recommended_have_names_too) {
  const Finished compared = compare({"#1", "recommended"});
  EXPECT_EQ(compared.status, 0) << compared.err;
  EXPECT_THAT(compared.out, HasSubstr("A  baseline, "));
  EXPECT_THAT(compared.out, HasSubstr("width=4"));
}

TEST_F(Compare, without_a_file_the_store_tells_the_study) {
  const Finished compared = run_turngreen(
      {"compare", "baseline", "width=4", "--store", (folder / "turngreen.db").string()});
  EXPECT_EQ(compared.status, 0) << compared.err;
}

TEST_F(Compare, the_json_is_of_its_schema) {
  const Finished compared = compare({"baseline", "width=4", "--json"});
  ASSERT_EQ(compared.status, 0) << compared.err;
  json schema;
  for (const auto& known : schema_texts()) {
    if (known.name == "comparison") schema = json::parse(known.text);
  }
  const json document = json::parse(compared.out);
  EXPECT_EQ(report::schema_fault(document, schema), "");
  EXPECT_EQ(document["second"]["configuration"]["width"], 4);
}

TEST_F(Compare, what_is_not_there_is_said_with_what_is) {
  EXPECT_THAT(compare({"baseline", "width=5"}).err, HasSubstr("it may be 8, 4, 2"));
  EXPECT_THAT(compare({"baseline", "witdh=4"}).err, HasSubstr("did you mean width?"));
  EXPECT_THAT(compare({"baseline", "nothing"}).err, HasSubstr("there are baseline, "));
  EXPECT_THAT(compare({"baseline", "#999"}).err, HasSubstr("no trial #999"));
  EXPECT_THAT(compare({"baseline", "#x"}).err, HasSubstr("is no trial"));
  EXPECT_EQ(compare({"baseline", "nothing"}).status, 1);
}

TEST_F(Compare, one_configuration_with_itself_is_no_comparison) {
  const Finished compared = compare({"baseline", "#1"});
  EXPECT_EQ(compared.status, 1);
  EXPECT_THAT(compared.err, HasSubstr("the same configuration"));
}

TEST(CompareUsage, needs_two) { EXPECT_EQ(run_turngreen({"compare", "v0"}).status, 2); }

}  // namespace
}  // namespace turngreen::cli
