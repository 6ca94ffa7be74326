#include "cli/import.h"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "cli/turngreen_process.h"
#include "report/codecarbon_sample.h"

namespace turngreen::cli {
namespace {

using testing::AllOf;
using testing::HasSubstr;

class ImportCommand : public testing::Test {
 protected:
  ImportCommand() { runs.add_usual(); }
  std::string store() const { return (runs / "s.db").string(); }
  Finished import(std::vector<std::string> more = {}) const {
    std::vector<std::string> all{"import", "codecarbon", runs.folder().string(), "--store",
                                 store()};
    all.insert(all.end(), more.begin(), more.end());
    return run_turngreen(all);
  }
  report::SampleRuns runs;
};

TEST_F(ImportCommand, says_what_it_understood_and_keeps_the_study) {
  const Finished done = import();
  EXPECT_EQ(done.status, 0) << done.err;
  EXPECT_THAT(done.out, AllOf(HasSubstr("study study: 8 trials are now in"),
                              HasSubstr("8 runs of 4 configurations"),
                              HasSubstr("v0_baseline (the only name with \"baseline\"), 2 runs"),
                              HasSubstr("eval_f1 (the only score that all runs have)"),
                              HasSubstr("2 from the names: fp16, torch_compile"),
                              HasSubstr("CodeCarbon tells no uncertainty")));
  const Finished shown = run_turngreen({"study", "show", "study", "--store", store(), "--json"});
  ASSERT_EQ(shown.status, 0) << shown.err;
  EXPECT_EQ(nlohmann::json::parse(shown.out)["trials"].size(), 8U);
}

TEST_F(ImportCommand, the_imported_study_can_be_explained_from_the_store_alone) {
  ASSERT_EQ(import({"--quiet"}).status, 0);
  const Finished explained = run_turngreen({"explain", "--store", store()});
  EXPECT_EQ(explained.status, 0) << explained.err;
  EXPECT_THAT(explained.out, HasSubstr("torch_compile=on"));
  EXPECT_EQ(
      run_turngreen({"explain", "--store", store(), "--study", "study", "--stage", "train"}).status,
      0);
}

TEST_F(ImportCommand, tuning_it_ends_at_once_with_a_sentence) {
  report::write_file(runs / "study.yaml",
                     "name: s\npipeline: {recorded: {source: codecarbon}}\n"
                     "knobs: {fp16: {values: [a, b], phase: training}}\n");
  const Finished refused = run_turngreen({"tune", (runs / "study.yaml").string()});
  EXPECT_EQ(refused.status, 1);
  EXPECT_THAT(refused.err, HasSubstr("there is nothing to run"));
}

TEST_F(ImportCommand, a_name_that_is_taken_is_refused_and_nothing_is_changed) {
  ASSERT_EQ(import().status, 0);
  const Finished again = import();
  EXPECT_EQ(again.status, 1);
  EXPECT_THAT(again.err, AllOf(HasSubstr("has a study study already"), HasSubstr("--study NAME")));
  EXPECT_EQ(import({"--study", "other"}).status, 0);
}

TEST_F(ImportCommand, other_sources_and_missing_folders_are_wrong_usage) {
  const Finished typo = run_turngreen({"import", "codecarbn", "x"});
  EXPECT_EQ(typo.status, 2);
  EXPECT_THAT(typo.err, HasSubstr("did you mean codecarbon?"));
  EXPECT_EQ(run_turngreen({"import", "codecarbon"}).status, 2);
  EXPECT_EQ(import({"--max-drop", "-1"}).status, 2);
}

TEST_F(ImportCommand, quiet_prints_nothing) {
  const Finished done = import({"--quiet", "--max-drop", "0.02", "--class-counts", "10,20",
                                "--exclude", "v3*", "--lower-is-better"});
  EXPECT_EQ(done.status, 0) << done.err;
  EXPECT_EQ(done.out + done.err, "");
}

TEST_F(ImportCommand, what_stands_in_names_cannot_steer_the_terminal) {
  runs.add("v4_\x1b[31mred", "default_1", 0.1, 0.98);
  runs.add("v5_red_plus_\x1b]0;x\a", "default_1", 0.1, 0.98);
  const Finished done = import();
  EXPECT_EQ(done.status, 0) << done.err;
  EXPECT_EQ(done.out.find('\x1b'), std::string::npos);
}

}  // namespace
}  // namespace turngreen::cli
