#include "report/run_groups.h"

#include <gmock/gmock.h>

namespace turngreen::report {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

CodeCarbonRun run(std::vector<std::string> place, std::string id, double kwh = 1,
                  std::string project = "codecarbon") {
  CodeCarbonRun made;
  made.place = std::move(place);
  made.run_id = std::move(id);
  made.whole.emplace();
  made.whole->energy = units::kilowatt_hours(kwh);
  made.whole->project = std::move(project);
  return made;
}

/// "a: r1 r2; b: r3 (set aside)".
std::string groups_of(const std::vector<CodeCarbonRun>& runs) {
  const auto groups = group_runs(runs);
  if (!groups) return groups.error().message;
  std::string text;
  for (const auto& group : groups->groups) {
    text += (text.empty() ? "" : "; ") + group.name + ":";
    for (const auto& each : group.runs) {
      text += " " + each.name + (each.set_aside.empty() ? "" : " (set aside)");
    }
  }
  return text;
}

TEST(RunGroups, the_first_folders_that_differ_are_configurations) {
  EXPECT_EQ(groups_of({run({"x", "v10", "r1"}, "i"), run({"x", "v2", "r1", "deep"}, "j"),
                       run({"x", "v2", "r10"}, "k"), run({"x", "v2", "r9"}, "l")}),
            "v2: r1/deep r9 r10; v10: r1");
}

TEST(RunGroups, in_one_folder_projects_are_configurations_and_ids_are_runs) {
  EXPECT_EQ(
      groups_of({run({}, "i", 1, "baseline"), run({}, "j", 1, "fp16"), run({}, "k", 1, "fp16")}),
      "baseline: i; fp16: j k");
  EXPECT_EQ(groups_of({run({}, "", 1, "a"), run({}, "", 1, "a"), run({}, "", 1, "b")}),
            "a: 1 2; b: 1");
}

TEST(RunGroups, folders_of_one_run_each_are_runs_where_projects_alone_name_a_baseline) {
  EXPECT_EQ(groups_of({run({"monday"}, "i", 1, "baseline"), run({"tuesday"}, "j", 1, "baseline"),
                       run({"friday"}, "k", 1, "fp16")}),
            "baseline: monday tuesday; fp16: friday");
  EXPECT_EQ(groups_of({run({"v0_baseline"}, "i", 1, "a"), run({"v1"}, "j", 1, "a"),
                       run({"v2"}, "k", 1, "b")}),
            "v0_baseline: i; v1: j; v2: k");
}

TEST(RunGroups, all_of_one_configuration_is_an_error_with_the_mend) {
  EXPECT_THAT(groups_of({run({"v0"}, "i"), run({"v0"}, "j")}),
              HasSubstr("all 2 runs are of one configuration"));
}

TEST(RunGroups, a_dummy_by_name_or_by_energy_is_set_aside) {
  EXPECT_EQ(
      groups_of({run({"a", "dummy_1"}, "h"), run({"a", "run_2"}, "i"), run({"b", "r1"}, "j", 10),
                 run({"b", "r2"}, "k", 0.9), run({"b", "r3"}, "l", 10.5)}),
      "a: run_2 dummy_1 (set aside); b: r1 r3 r2 (set aside)");
  EXPECT_EQ(
      groups_of({run({"a", "r1"}, "i", 10), run({"a", "r2"}, "j", 0.1), run({"b", "r"}, "k")}),
      "a: r1 r2; b: r");
}

TEST(RunGroups, the_reason_has_the_numbers) {
  const std::vector<CodeCarbonRun> runs{run({"b", "r1"}, "j", 10), run({"b", "r2"}, "k", 0.9),
                                        run({"b", "r3"}, "l", 10.5), run({"c", "r"}, "m")};
  EXPECT_THAT(group_runs(runs)->groups[0].runs[2].set_aside,
              HasSubstr("900.0 Wh, less than a tenth of the median of 10.00 kWh"));
}

TEST(RunGroups, numbers_in_names_count_by_what_they_are) {
  EXPECT_TRUE(comes_before("v2", "v10"));
  EXPECT_TRUE(comes_before("V2", "v3"));
  EXPECT_TRUE(comes_before("v2", "v2_a"));
  EXPECT_FALSE(comes_before("v2", "v2"));
  EXPECT_TRUE(comes_before("v02", "v2") != comes_before("v2", "v02"));
}

}  // namespace
}  // namespace turngreen::report
