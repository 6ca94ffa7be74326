#include "turngreen/report/codecarbon_import.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <set>

#include "report/codecarbon_sample.h"
#include "turngreen/explore/configuration_summary.h"
#include "turngreen/explore/trial_notes.h"
#include "turngreen/units/csv_records.h"

namespace turngreen::report {
namespace {

namespace fs = std::filesystem;
using pipeline::Ending;
using study::Purpose;
using study::Trial;
using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

std::string fact(const Trial& trial, std::string_view name) {
  for (const auto& [key, value] : trial.provenance) {
    if (key == name) return value;
  }
  return {};
}

CodeCarbonStudy imported(const CodeCarbonImport& import) {
  auto study = import_codecarbon(import);
  EXPECT_TRUE(study) << study.error().message;
  return study ? *std::move(study) : CodeCarbonStudy();
}

std::string refusal(const CodeCarbonImport& import) {
  const auto study = import_codecarbon(import);
  return study ? "none" : study.error().message;
}

/// What was understood under that word.
std::string understood(const CodeCarbonStudy& study, std::string_view what) {
  for (const auto& [word, sentence] : study.understood) {
    if (word == what) return sentence;
  }
  return {};
}

TEST(CodeCarbonImport, a_folder_for_each_configuration_becomes_a_study) {
  SampleRuns runs;
  runs.add_usual();
  const auto study = imported({.folders = {runs.folder()}});
  EXPECT_EQ(study.record.name, "study");
  EXPECT_THAT(study.record.knobs, ElementsAre("fp16", "torch_compile"));
  EXPECT_EQ(study.study.quality.metric, "eval_f1");
  EXPECT_EQ(study.study.quality.max_drop_relative, 0.01);
  ASSERT_THAT(study.trials, SizeIs(8));
  const Trial& first = study.trials.front();
  EXPECT_EQ(first.assignment.purpose, Purpose::baseline);
  EXPECT_TRUE(study.study.space.is_baseline(first.assignment.configuration));
  EXPECT_EQ(fact(first, explore::kConfigurationName), "v0_baseline");
  EXPECT_EQ(fact(first, "run"), "default_1");
  EXPECT_EQ(fact(first, "cpu"), "AMD EPYC 9554P");
  EXPECT_EQ(study.trials[1].assignment.seed, 1U);
  EXPECT_EQ(study.trials[7].assignment.purpose, Purpose::attribution);
  EXPECT_EQ(study.study.space.describe(study.trials[7].assignment.configuration),
            "fp16=on, torch_compile=on");
}

TEST(CodeCarbonImport, tasks_are_stages_with_their_domains_and_memory_is_estimated) {
  SampleRuns runs;
  runs.add_usual();
  const auto outcome = *imported({.folders = {runs.folder()}}).trials.front().outcome;
  EXPECT_EQ(outcome.ending, Ending::completed);
  ASSERT_THAT(outcome.stages, SizeIs(2));
  EXPECT_EQ(outcome.stages[0].name, "train");
  EXPECT_NEAR(outcome.stages[0].energy.value.in_kilowatt_hours(), 0.45, 1e-12);
  EXPECT_EQ(outcome.stages[0].energy.low, outcome.stages[0].energy.high);
  ASSERT_THAT(outcome.stages[0].domains, SizeIs(3));
  EXPECT_EQ(outcome.stages[0].domains[1].name, "gpu");
  EXPECT_NEAR(outcome.stages[0].domains[1].energy.in_kilowatt_hours(), 0.35, 1e-12);
  EXPECT_NEAR(outcome.energy->value.in_kilowatt_hours(), 0.5, 1e-12);
  EXPECT_NEAR(outcome.estimated.in_kilowatt_hours(), 0.055, 1e-12);
  EXPECT_EQ(outcome.time, units::seconds(100));
  EXPECT_EQ(outcome.metric("eval_f1"), 0.99);
  EXPECT_EQ(outcome.metric("eval_loss"), 0.1);
  EXPECT_EQ(outcome.energy_basis, "CodeCarbon 3.0.2 (process)");
}

TEST(CodeCarbonImport, what_the_run_took_outside_its_tasks_is_a_stage_and_told) {
  SampleRuns runs;
  runs.add_usual();
  const auto folder = runs.folder() / "v1_fp16" / "default_3";
  fs::create_directories(folder);
  const std::string id = sample_run_id(77);
  write_file(folder / "emissions_base_x.csv", sample_task_file({{.task = "train", .run_id = id}}));
  write_file(folder / "emissions.csv",
             sample_run_file({{.run_id = id, .seconds = 30, .gpu_kwh = 0.018}}));
  const auto study = imported({.folders = {runs.folder()}});
  const auto trial = std::ranges::find_if(
      study.trials, [&](const Trial& each) { return fact(each, "run_id") == id; });
  ASSERT_NE(trial, study.trials.end());
  ASSERT_THAT(trial->outcome->stages, SizeIs(2));
  EXPECT_EQ(trial->outcome->stages[1].name, "other");
  EXPECT_NEAR(trial->outcome->stages[1].energy.value.in_joules(), 36000, 1e-6);
  EXPECT_EQ(trial->outcome->stages[1].time, units::seconds(20));
  EXPECT_THAT(fact(*trial, "import_note.1"),
              HasSubstr("the run took 20.00 Wh and its tasks 10.00 Wh of it"));
  EXPECT_THAT(study.notes, Contains(HasSubstr("v1_fp16/default_3: the run took")));
}

TEST(CodeCarbonImport, a_quality_budget_that_nobody_gave_is_noted_as_assumed) {
  SampleRuns runs;
  runs.add_usual();
  const auto assumed = [&](std::optional<double> max_drop) {
    const auto study = imported({.folders = {runs.folder()}, .max_drop = max_drop});
    return std::ranges::any_of(study.trials, [](const Trial& trial) {
      return std::ranges::any_of(trial.provenance, [](const auto& each) {
        return each.first.starts_with("import_note") &&
               each.second.find("1 % of the baseline's is assumed") != std::string::npos;
      });
    });
  };
  EXPECT_TRUE(assumed(std::nullopt));
  EXPECT_FALSE(assumed(0.02));
}

TEST(CodeCarbonImport, one_file_of_many_rows_is_told_apart_by_project_and_may_lack_a_quality) {
  ScratchDirectory folder;
  write_file(folder / "emissions.csv",
             sample_run_file({{.run_id = sample_run_id(1), .project = "baseline"},
                              {.run_id = sample_run_id(2), .project = "fp16", .gpu_kwh = 0.004},
                              {.run_id = sample_run_id(3), .project = "fp16", .gpu_kwh = 0.004}}));
  const auto study = imported({.folders = {folder / "emissions.csv"}, .study = "mine"});
  ASSERT_THAT(study.trials, SizeIs(3));
  EXPECT_EQ(study.record.name, "mine");
  EXPECT_EQ(study.study.quality.metric, "");
  EXPECT_THAT(understood(study, "quality"), HasSubstr("energy and time alone"));
  EXPECT_EQ(study.trials[0].outcome->stages.at(0).name, "other");
  EXPECT_EQ(fact(study.trials[2], explore::kConfigurationName), "fp16");
}

TEST(CodeCarbonImport, a_dummy_is_kept_as_a_trial_that_failed_and_says_why) {
  SampleRuns runs;
  runs.add_usual();
  runs.add("v1_fp16", "dummy_1", 0.001, 0.5);
  const auto study = imported({.folders = {runs.folder()}});
  const auto failed = std::ranges::count_if(
      study.trials, [](const Trial& trial) { return trial.outcome->ending == Ending::failed; });
  EXPECT_EQ(failed, 1);
  EXPECT_THAT(study.notes, Contains(HasSubstr("v1_fp16/dummy_1: set aside: its name says dummy")));
  EXPECT_THAT(understood(study, "runs"), HasSubstr("9 runs of 4 configurations"));
}

TEST(CodeCarbonImport, a_copy_of_a_run_is_no_repeat) {
  SampleRuns runs;
  runs.add_usual();
  fs::copy(runs.folder() / "v1_fp16" / "default_1", runs.folder() / "v1_fp16" / "default_1_copy");
  const auto study = imported({.folders = {runs.folder()}});
  EXPECT_THAT(study.trials, SizeIs(8));
  EXPECT_THAT(study.notes, Contains(HasSubstr("a copy, left out")));
}

TEST(CodeCarbonImport, the_guard_judges_each_trial) {
  SampleRuns runs;
  runs.add_usual();
  const auto study =
      imported({.folders = {runs.folder()}, .metric = "eval_f1", .class_counts = {985, 15}});
  // The larger class alone scores a weighted F1 of 0.9776; a bare f1 is not judged by it.
  EXPECT_FALSE(explore::rejection_note(study.trials.front()));
  EXPECT_THAT(study.study.quality.class_counts, ElementsAre(985U, 15U));
}

TEST(CodeCarbonImport, metrics_may_lie_above_a_run_but_not_where_nothing_tells_whose_they_are) {
  SampleRuns runs;
  runs.add("v0_baseline", "a/carbon", 0.5, 0.99);
  runs.add("v1_fp16", "b/carbon", 0.4, 0.98);
  for (const char* run : {"v0_baseline/a", "v1_fp16/b"}) {
    fs::rename(runs.folder() / run / "carbon" / "test_metrics.json",
               runs.folder() / run / "test_metrics.json");
  }
  write_file(runs.folder() / "all_results.json", "{\"f1\": 1}");
  const auto study = imported({.folders = {runs.folder()}});
  EXPECT_EQ(study.trials.at(1).outcome->metric("eval_f1"), 0.98);
  EXPECT_FALSE(study.trials.at(1).outcome->metric("f1"));
}

TEST(CodeCarbonImport, hostile_folders_are_read_as_far_as_they_can_be) {
  SampleRuns runs;
  runs.add_usual();
  const auto odd = runs.folder() / "v9_<img src=x onerror=alert(1)>" / "r\x01\x1b[31m";
  fs::create_directories(odd / "emissions.csv");  // a folder that is called as a file
  write_file(odd / "emissions_base_x.csv",
             sample_task_file({{.task = "</script><b>"}}) + "cut off,2025-0");
  write_file(odd / "eval_results.json", "{\"eval_f1\": NaN}");
  write_file(odd / "test_metrics.json", std::string(2'000'000, '['));
  write_file(runs.folder() / "v1_fp16" / "emissions.csv", "");
  fs::create_directory_symlink("/", runs.folder() / "all");
  const auto study = imported({.folders = {runs.folder()}});
  ASSERT_THAT(study.trials, SizeIs(9));
  const Trial& last = study.trials.back();
  EXPECT_EQ(fact(last, explore::kConfigurationName), "v9_<img src=x onerror=alert(1)>");
  EXPECT_EQ(last.outcome->stages.at(0).name, "</script><b>");
  EXPECT_THAT(last.outcome->metrics, IsEmpty());
  EXPECT_THAT(study.notes, AllOf(Contains(HasSubstr("1 symbolic link")),
                                 Contains(HasSubstr("eval_results.json: ")),
                                 Contains(HasSubstr("emissions_base_x.csv:3: "))));
}

TEST(CodeCarbonImport, what_is_missing_is_named_with_the_mend) {
  ScratchDirectory empty;
  EXPECT_THAT(refusal({.folders = {empty.path()}}), HasSubstr("there is no CodeCarbon file in"));
  EXPECT_THAT(refusal({.folders = {empty / "absent"}}), HasSubstr("absent' cannot be read"));
  SampleRuns runs;
  runs.add_usual();
  EXPECT_THAT(refusal({.folders = {runs.folder()}, .baseline = "v0"}),
              HasSubstr("there is no configuration 'v0'"));
  EXPECT_THAT(refusal({.folders = {runs.folder()}, .metric = "eval_f2"}),
              HasSubstr("did you mean 'eval_f1'?"));
  EXPECT_THAT(refusal({.folders = {runs.folder()}, .study = "a/b"}),
              HasSubstr("name: found 'a/b'"));
  EXPECT_THAT(refusal({.folders = {runs.folder()}, .knobs = runs / "none.csv"}),
              HasSubstr("none.csv"));
}

TEST(CodeCarbonImport, what_is_excluded_is_passed_over) {
  SampleRuns runs;
  runs.add_usual();
  EXPECT_THAT(imported({.folders = {runs.folder()}, .exclude = {"v3_*", "default_2"}}).trials,
              SizeIs(3));
}

/// The study that Turngreen comes from. Its data may not be redistributed; tests on it are skipped
/// where it is not there.
class TurningGreen : public testing::Test {
 protected:
  void SetUp() override {
    const char* data = std::getenv("TURNGREEN_TEST_DATA");
    folder_ = fs::path(data != nullptr ? data : TURNGREEN_TEST_DATA_DEFAULT) / "turning_green";
    if (!fs::exists(folder_ / "runs.csv")) {
      GTEST_SKIP() << folder_
                   << " is not there; set TURNGREEN_TEST_DATA to the folder that holds "
                      "turning_green/";
    }
  }

  struct Row {
    double kwh = 0;
    double f1 = 0;
    bool dummy = false;
    std::size_t stages = 0;
  };
  /// runs.csv by "variant/run".
  std::map<std::string, Row> runs() const {
    const std::string text = content_of(folder_ / "runs.csv");
    units::CsvRecords records(text);
    std::vector<std::string> header, cells;
    EXPECT_TRUE(records.next(header).value());
    const auto column = [&](const char* name) {
      return static_cast<std::size_t>(std::ranges::find(header, name) - header.begin());
    };
    std::map<std::string, Row> rows;
    while (records.next(cells).value()) {
      Row& row = rows[cells[column("variant")] + "/" + cells[column("run_id")]];
      row.kwh += std::stod(cells[column("energy_kwh")]);
      row.f1 = std::stod(cells[column("f1")]);
      row.dummy = cells[column("dummy")] == "1";
      ++row.stages;
    }
    return rows;
  }
  fs::path folder_;
};

TEST_F(TurningGreen, every_run_has_the_energy_and_the_quality_of_its_files) {
  const auto study = imported({.folders = {folder_ / "raw"}});
  const auto rows = runs();
  ASSERT_EQ(study.trials.size(), rows.size());
  for (const auto& trial : study.trials) {
    std::string name = fact(trial, explore::kConfigurationName) + "/" + fact(trial, "run");
    SCOPED_TRACE(name);
    name = name.substr(0, name.find("__outside_results"));  // a mark of the folder's
    ASSERT_TRUE(rows.contains(name));
    const Row& row = rows.at(name);
    EXPECT_EQ(trial.outcome->stages.size(), row.stages);
    EXPECT_NEAR(trial.outcome->energy->value.in_kilowatt_hours() / row.kwh, 1, 1e-9);
    EXPECT_EQ(trial.outcome->metric("eval_f1"), row.f1);
    EXPECT_EQ(trial.outcome->ending, row.dummy ? Ending::failed : Ending::completed);
  }
}

TEST_F(TurningGreen, its_names_are_understood_without_a_word_from_the_user) {
  const auto study = imported({.folders = {folder_ / "raw"}});
  EXPECT_EQ(study.record.name, "turning_green");
  EXPECT_EQ(study.study.quality.metric, "eval_f1");
  std::map<std::string, std::string> settings;
  std::set<std::vector<knobs::Level>> configurations;
  std::size_t real = 0;
  for (const auto& trial : study.trials) {
    const auto& configuration = trial.assignment.configuration;
    settings[fact(trial, explore::kConfigurationName)] = study.study.space.describe(configuration);
    configurations.insert(configuration.levels);
    if (trial.outcome->ending == Ending::completed) ++real;
  }
  EXPECT_EQ(real, 98U);
  EXPECT_EQ(settings.size(), 31U);
  EXPECT_EQ(configurations.size(), 31U);
  EXPECT_EQ(settings["v0_baseline"], "baseline");
  EXPECT_EQ(settings["v7_f16"], "f16=on");
  EXPECT_EQ(settings["v24_inference_engine_plus_grad_cpting_plus_lora_plus_fp16"],
            "gradient_checkpointing=on, lora_peft=on, f16=on, inference_engine=on");
  EXPECT_EQ(settings["v26_pruning_plus_seq_lngth_plus_torch_compile"],
            "sequence_length_trimming=on, torch_compile=on, pruning=on");
  EXPECT_EQ(settings["v29_attention_plus_pin_memory_plus_optimizer"],
            "optimizer=on, dataloader_pin_memory=on, attention=on");
  EXPECT_THAT(study.notes, Contains(HasSubstr("'pruning' may be any of layer_pruning_4_top")));
}

TEST_F(TurningGreen, its_verified_knobs_are_read_from_its_table) {
  const auto study = imported({.folders = {folder_ / "raw"},
                               .knobs = folder_ / "variants.csv",
                               .knobs_column = "knobs_verified"});
  std::map<std::string, std::string> settings;
  for (const auto& trial : study.trials) {
    settings[fact(trial, explore::kConfigurationName)] =
        study.study.space.describe(trial.assignment.configuration);
  }
  EXPECT_EQ(settings.size(), 31U);
  EXPECT_EQ(settings["v28_pruning_plus_torch_compile_plus_fp16"],
            "fp16=on, compile=on, prune_bottom_12=on");
}

}  // namespace
}  // namespace turngreen::report
