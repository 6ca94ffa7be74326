#include "pipeline/command_template.h"

#include <gmock/gmock.h>

namespace turngreen::pipeline {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::Pair;
using testing::StartsWith;

knobs::Knob knob(std::string id, std::initializer_list<const char*> values) {
  knobs::Knob made{.id = std::move(id)};
  for (const char* value : values) made.values.emplace_back(value);
  return made;
}

class CommandTemplateTest : public testing::Test {
 protected:
  CommandTemplateTest() {
    request_.configuration = {{0, 0}};
    request_.directory = "/trials/7";
    description_.study_directory = "/study";
  }

  CommandTemplate understood() { return {description_, space_, faults_}; }
  TrialValues values() const { return {description_, space_, request_}; }
  std::vector<std::string> command() { return understood().command(values()); }
  std::string faults() {
    understood();
    return faults_.text();
  }

  knobs::Space space_ =
      knobs::Space::build({knob("lr", {"5e-5", "1e-5"}), knob("mode", {"off", "a b"})}).value();
  CommandDescription description_;
  RunRequest request_;
  FaultLines faults_;
};

TEST_F(CommandTemplateTest, a_value_stays_one_word_whatever_it_holds) {
  description_.run = {"./train", "--lr={lr}", "{mode}", "{{lr}}"};
  request_.configuration = {{1, 1}};
  EXPECT_THAT(command(), ElementsAre("./train", "--lr=1e-5", "a b", "{lr}"));
}

TEST_F(CommandTemplateTest, a_line_for_a_shell_is_given_to_one) {
  description_.run = {"train {lr} | tee log"};
  description_.shell = true;
  EXPECT_THAT(command(), ElementsAre("/bin/sh", "-c", "train 5e-5 | tee log"));
}

TEST_F(CommandTemplateTest, the_runs_own_placeholders_are_filled_in) {
  description_.run = {"{seed}", "{fidelity}", "{trial_dir}", "{study_dir}"};
  request_.seed = 42;
  request_.fidelity = 0.25;
  EXPECT_THAT(command(), ElementsAre("42", "0.25", "/trials/7", "/study"));
}

TEST_F(CommandTemplateTest, rows_are_the_word_for_validation_until_the_test_rows_are_asked_for) {
  description_.run = {"{rows}"};
  description_.rows = {"dev", "held-out"};
  EXPECT_THAT(command(), ElementsAre("dev"));
  request_.rows = Rows::test;
  EXPECT_THAT(command(), ElementsAre("held-out"));
  EXPECT_THAT(understood().environment(values()), Contains("TURNGREEN_ROWS=held-out"));
  EXPECT_THAT(values().for_files(), Contains(Pair("rows", "held-out")));
}

TEST_F(CommandTemplateTest, without_test_rows_nothing_is_said_of_rows) {
  description_.run = {"train"};
  EXPECT_THAT(understood().environment(values()), Not(Contains(StartsWith("TURNGREEN_ROWS"))));
  EXPECT_THAT(values().for_files(), Not(Contains(Pair("rows", testing::_))));
  description_.run = {"{rows}"};
  EXPECT_THAT(faults(), HasSubstr("it needs rows: [validation, test]"));
}

TEST_F(CommandTemplateTest, variables_are_set_for_each_knob_and_for_the_run) {
  description_.environment = {{"OMP_NUM_THREADS", "{lr}"}};
  const auto environment = understood().environment(values());
  EXPECT_THAT(environment, Contains("TURNGREEN_KNOB_LR=5e-5"));
  EXPECT_THAT(environment, Contains("TURNGREEN_KNOB_MODE=off"));
  EXPECT_THAT(environment, Contains("TURNGREEN_SEED=0"));
  EXPECT_THAT(environment, Contains("TURNGREEN_FIDELITY=1"));
  EXPECT_THAT(environment, Contains("TURNGREEN_TRIAL_DIR=/trials/7"));
  EXPECT_THAT(environment, Contains("OMP_NUM_THREADS=5e-5"));
}

TEST_F(CommandTemplateTest, paths_of_the_machine_stay_out_of_rendered_files) {
  EXPECT_THAT(values().for_files(), ElementsAre(Pair("lr", "5e-5"), Pair("mode", "off"),
                                                Pair("seed", "0"), Pair("fidelity", "1")));
}

TEST_F(CommandTemplateTest, the_metrics_file_may_lie_in_the_trials_directory) {
  EXPECT_THAT(understood().metrics_file(values()), IsEmpty());
  description_.metrics = "{trial_dir}/metrics.json";
  EXPECT_EQ(understood().metrics_file(values()), "/trials/7/metrics.json");
}

TEST_F(CommandTemplateTest, it_knows_where_a_placeholder_is_used) {
  description_.run = {"train", "{seed}"};
  description_.environment = {{"SHARE", "{fidelity}"}};
  description_.metrics = "{lr}.json";
  const auto command = understood();
  for (const char* name : {"seed", "fidelity", "lr"}) EXPECT_TRUE(command.uses(name)) << name;
  EXPECT_FALSE(command.uses("mode"));
}

TEST_F(CommandTemplateTest, an_unknown_placeholder_is_told_with_the_nearest_and_where_it_stands) {
  description_.run = {"{lt}"};
  description_.environment = {{"MODE", "{module}"}};
  EXPECT_THAT(faults(), AllOf(HasSubstr("the command: {lt}"), HasSubstr("did you mean {lr}?"),
                              HasSubstr("the variable MODE: {module}")));
}

TEST_F(CommandTemplateTest, a_knob_may_not_be_called_as_the_runs_own) {
  space_ = knobs::Space::build({knob("seed", {"1", "2"}), knob("rows", {"10", "20"})}).value();
  EXPECT_THAT(faults(), AllOf(HasSubstr("may not be called seed"), Not(HasSubstr("called rows"))));
  description_.rows = {"validation", "test"};
  EXPECT_THAT(faults(), HasSubstr("may not be called rows"));
}

TEST_F(CommandTemplateTest, two_knobs_that_share_a_variable_are_a_fault) {
  space_ = knobs::Space::build({knob("lr", {"1", "2"}), knob("LR", {"1", "2"})}).value();
  EXPECT_THAT(faults(), HasSubstr("TURNGREEN_KNOB_LR"));
}

}  // namespace
}  // namespace turngreen::pipeline
