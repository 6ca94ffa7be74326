#include <gmock/gmock.h>

#include <algorithm>

#include "study/study_text.h"

namespace turngreen::study {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::StartsWith;

/// The minimal study with one piece of it put otherwise.
std::string with(std::string_view piece, std::string_view replacement) {
  std::string text = minimal_study();
  const auto at = text.find(piece);
  EXPECT_NE(at, std::string::npos) << piece;
  return text.replace(at, piece.size(), replacement);
}

std::ptrdiff_t lines_in(const std::string& text) {
  return std::count(text.begin(), text.end(), '\n') + (text.empty() ? 0 : 1);
}

TEST(StudyFileFaults, a_fault_says_where_what_and_the_nearest_right_word) {
  EXPECT_EQ(faults_of(with("quality: {metric", "quality: {metrik")),
            "/studies/study.yaml:6:10: quality: metric is missing: the name of what the pipeline "
            "reports\n"
            "/studies/study.yaml:6:11: quality: there is no key 'metrik'; did you mean metric?");
}

TEST(StudyFileFaults, an_unknown_key_that_is_near_none_lists_those_there_are) {
  EXPECT_THAT(faults_of(minimal_study("budget: {zzzzzzzz: 1}\n")),
              HasSubstr("there are trials, energy, time"));
}

TEST(StudyFileFaults, every_fault_is_reported_at_once_in_the_order_of_the_file) {
  const std::string faults = faults_of(
      "nam: example\n"
      "pipeline: {command: {run: python3, timeout: 10 parsecs}}\n"
      "knobs:\n"
      "  lr: {values: [1, 1], phase: trainin}\n"
      "  width: {values: [8], off: 9, phase: model, requires: {lrr: 1}}\n"
      "quality: {metric: m, max_drop: -1}\n"
      "objective: speed\n"
      "budget: {trials: 0}\n");
  for (const char* what : {":1:1: there is no key 'nam'; did you mean name?", "name is missing",
                           ":2:27: pipeline.command.run", ":2:45: pipeline.command.timeout",
                           ":4:20: knob lr has the value '1' twice", "did you mean training?",
                           ":5:29: knobs.width.off: found '9'", "did you mean lr?",
                           ":6:32: quality.max_drop", ":7:12: objective", ":8:18: budget.trials"}) {
    EXPECT_THAT(faults, HasSubstr(what));
  }
  EXPECT_EQ(lines_in(faults), 11) << faults;
}

TEST(StudyFileFaults, one_mistake_does_not_make_others) {
  const std::string faults =
      faults_of(study_of_knobs("  a: {values: {}, phase: data}\n"
                               "  b: {values: [1, 2], phase: data, requires: {a: x}}\n",
                               "forbidden: [{a: x, b: 2}]\n"));
  EXPECT_EQ(lines_in(faults), 1) << faults;
}

TEST(StudyFileFaults, a_key_that_stands_twice_is_told_with_the_first) {
  EXPECT_THAT(faults_of(minimal_study("name: again\n")),
              HasSubstr(":7:1: name stands here a second time, after line 1"));
  EXPECT_THAT(faults_of(study_of_knobs("  a: {values: [1, 2], phase: data}\n"
                                       "  a: {values: [1, 2], phase: data}\n")),
              HasSubstr("knobs.a stands here a second time"));
}

TEST(StudyFileFaults, wrong_kinds_of_values_are_told) {
  EXPECT_THAT(faults_of(with("name: example", "name: [a]")), HasSubstr("name: found a list"));
  EXPECT_THAT(faults_of(with("{metric: macro_f1, max_drop: 0.01}", "macro_f1")),
              HasSubstr("quality: found 'macro_f1'; write keys and values"));
  EXPECT_THAT(faults_of(with("[1e-5, 5e-5]", "1e-5")),
              HasSubstr("knobs.lr.values: found '1e-5'; write a list"));
  EXPECT_THAT(faults_of(with("1e-5, ", "[1e-5], ")), HasSubstr("knobs.lr.values[0]: found a list"));
  EXPECT_THAT(faults_of("[1, 2]"), HasSubstr("found a list; write keys and values"));
}

TEST(StudyFileFaults, numbers_must_be_finite_and_in_range) {
  for (const char* number : {".inf", "nan", "1e999", "-0.01", "0.01x", "''"}) {
    EXPECT_THAT(faults_of(with("max_drop: 0.01", std::string("max_drop: ") + number)),
                HasSubstr("write a number 0 or above"))
        << number;
  }
  EXPECT_THAT(faults_of(with("max_drop: 0.01", "max_drop_relative: 1")),
              HasSubstr("a number from 0 to below 1"));
  for (const char* trials : {"0", "-1", "1.5", "99999999999999999999"}) {
    EXPECT_THAT(faults_of(minimal_study("budget: {trials: " + std::string(trials) + "}\n")),
                HasSubstr("whole number from 1"))
        << trials;
  }
}

TEST(StudyFileFaults, a_budget_that_is_no_amount_is_told) {
  for (const char* energy :
       {"2", "0 baselines", "-1 baselines", "500 kg", "0 J", "1e300 baselines"}) {
    EXPECT_THAT(faults_of(minimal_study("budget: {energy: " + std::string(energy) + "}\n")),
                HasSubstr("such as 2 baselines or 500 kJ"))
        << energy;
  }
  EXPECT_THAT(faults_of(minimal_study("budget: {time: 0 h}\n")), HasSubstr("must be above 0"));
}

TEST(StudyFileFaults, a_quality_budget_must_say_how_much) {
  EXPECT_THAT(faults_of(with(", max_drop: 0.01", "")),
              HasSubstr("write max_drop, max_drop_relative or min"));
}

TEST(StudyFileFaults, a_shell_is_given_nothing_that_does_not_ask_for_it) {
  EXPECT_THAT(faults_of(with("[python3, train.py, \"--lr={lr}\"]", "python3 train.py")),
              HasSubstr("needs shell: true"));
  EXPECT_THAT(
      faults_of(with("run: [python3, train.py, \"--lr={lr}\"]", "shell: true, run: [a, b]")),
      HasSubstr("pipeline.command.run: found a list; write one value"));
}

TEST(StudyFileFaults, a_rendered_file_must_lie_in_the_trials_directory) {
  for (const char* file : {"/etc/passwd", "../x.json", "a/../../x.json", "a/"}) {
    EXPECT_THAT(
        faults_of(with("metrics: metrics.json", "files: {" + std::string(file) + ": json}")),
        HasSubstr("relative path without .."))
        << file;
  }
}

TEST(StudyFileFaults, fidelities_must_ascend_to_the_full_job) {
  for (const char* shares : {"[0.1]", "[1, 0.1]", "[0.5, 0.5, 1]", "[]"}) {
    EXPECT_THAT(faults_of(with("metrics: metrics.json", "fidelity: " + std::string(shares))),
                HasSubstr("shares of the full job in ascending order"))
        << shares;
  }
  EXPECT_THAT(faults_of(with("metrics: metrics.json", "fidelity: [0, 1]")),
              HasSubstr("from above 0 to 1"));
}

TEST(StudyFileFaults, rows_are_two_words) {
  for (const char* words : {"[]", "[test]", "[train, validation, test]"}) {
    EXPECT_THAT(faults_of(with("metrics: metrics.json", "rows: " + std::string(words))),
                HasSubstr("[validation, test]"))
        << words;
  }
}

TEST(StudyFileFaults, a_study_has_one_pipeline) {
  EXPECT_THAT(
      faults_of(with("{command:", "{table: {file: a, stages: {t: t}, quality: {m: m}}, command:")),
      HasSubstr("a study has one pipeline"));
  EXPECT_THAT(faults_of(with("{command:", "{recorded: {source: a}, command:")),
              HasSubstr("pipeline.recorded: there is a command too"));
  EXPECT_THAT(faults_of("name: a\npipeline: {}\nknobs: {max_length: {}}\n"
                        "quality: {metric: m, min: 1}\n"),
              HasSubstr("it names no pipeline"));
}

TEST(StudyFileFaults, a_table_must_have_the_metrics_and_stages_that_are_asked_of_it) {
  const std::string table =
      "name: t\n"
      "pipeline: {table: {file: t.csv, stages: {train: a}, seconds: {trian: b}, quality: "
      "{macro_f1: m}}}\n"
      "knobs: {x: {values: [1, 2], phase: data, stages: [trian]}}\n"
      "quality: {metric: macro_f2, max_drop: 0.01}\n"
      "constraints: {peak_memory_mb: {max: 1}, seconds: {max: 2}}\n";
  const std::string faults = faults_of(table);
  EXPECT_THAT(faults, HasSubstr(":2:62: pipeline.table.seconds: 'trian' is none of the stages"));
  EXPECT_THAT(faults, HasSubstr("no metric 'macro_f2' under pipeline.table.quality"));
  EXPECT_THAT(faults, HasSubstr("did you mean macro_f1?"));
  EXPECT_THAT(faults, HasSubstr("'trian' is no stage of the pipeline"));
  EXPECT_THAT(faults, HasSubstr("no metric 'peak_memory_mb'"));
  EXPECT_EQ(lines_in(faults), 4) << faults;
}

TEST(StudyFileFaults, an_objective_needs_what_it_is_counted_in) {
  EXPECT_THAT(faults_of(minimal_study("objective: carbon\n")), HasSubstr("needs carbon:"));
  EXPECT_THAT(faults_of(minimal_study("objective: cost\n")), HasSubstr("needs price:"));
  EXPECT_THAT(faults_of(minimal_study("objective: carbon\ncarbon: XX\n")),
              HasSubstr("two letters of a country"));
  EXPECT_THAT(faults_of(minimal_study("objective: energi\n")), HasSubstr("did you mean energy?"));
}

TEST(StudyFileFaults, a_knob_unknown_to_the_catalogue_must_be_described) {
  EXPECT_THAT(faults_of(study_of_knobs("  max_lenght: {}\n")),
              HasSubstr("did you mean max_length?"));
  EXPECT_THAT(faults_of(study_of_knobs("  mine: {values: [1, 2]}\n")), HasSubstr("has no phase"));
}

TEST(StudyFileFaults, knobs_may_not_take_the_names_of_placeholders) {
  EXPECT_THAT(faults_of(study_of_knobs("  seed: {values: [1, 2], phase: data}\n")),
              HasSubstr("{seed} already stands for something else"));
}

TEST(StudyFileFaults, conditions_point_at_the_wrong_word) {
  const std::string faults =
      faults_of(study_of_knobs("  a: {values: [off, on], phase: data, requires: {b: fp61}}\n"
                               "  b: {values: [fp32, fp16], phase: data}\n",
                               "forbidden: [{a: off, b: fp32}, {c: 1}]\n"));
  EXPECT_THAT(faults, HasSubstr(":6:53: knob a requires b='fp61'"));
  EXPECT_THAT(faults, HasSubstr("did you mean fp16?"));
  EXPECT_THAT(faults, HasSubstr(":4:17: the forbidden combination holds with all knobs off"));
  EXPECT_THAT(faults, HasSubstr(":4:36: the forbidden combination has the knob 'c'"));
}

TEST(StudyFileFaults, names_from_the_file_do_not_reach_the_terminal_raw) {
  const std::string faults = faults_of(minimal_study("\"\\x1b[31mred\": 1\n"));
  EXPECT_EQ(faults.find('\x1b'), std::string::npos);
  EXPECT_FALSE(faults.empty());
  const std::string allowed =
      faults_of(study_of_knobs("  a: {values: [\"4\\x1b[31m\", 2], off: 3, phase: data}\n"));
  EXPECT_THAT(allowed, HasSubstr("4?[31m, 2"));
}

TEST(StudyFileFaults, a_name_that_is_no_name_of_a_directory_is_refused) {
  for (const char* name : {"../x", "a/b", ".hidden", "-x", "\"a\\nb\""}) {
    EXPECT_THAT(faults_of(with("name: example", "name: " + std::string(name))),
                StartsWith("/studies/study.yaml:1:7: name: found"))
        << name;
  }
  EXPECT_EQ(faults_of(with("name: example", "name: \xc3\xa4 b-1.2_c")), "");
}

TEST(StudyFileFaults, very_many_faults_are_cut_short_and_counted) {
  std::string keys;
  for (int i = 0; i < 300; ++i) keys += "unknown" + std::to_string(i) + ": 1\n";
  const std::string faults = faults_of(minimal_study(keys));
  EXPECT_EQ(lines_in(faults), 101);
  EXPECT_THAT(faults, HasSubstr("and 200 more"));
}

}  // namespace
}  // namespace turngreen::study
