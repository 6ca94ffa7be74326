#include "turngreen/study/study_file.h"

#include <gmock/gmock.h>

#include "study/study_text.h"
#include "turngreen/energy/carbon_intensity.h"
#include "turngreen/knobs/catalogue.h"

namespace turngreen::study {
namespace {

using knobs::Value;
using pipeline::CommandDescription;
using pipeline::TableDescription;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Pair;

TEST(StudyFile, the_minimal_study_is_understood) {
  const auto study = parse(minimal_study("objective: energy\nbudget: {trials: 32}\n")).value();
  EXPECT_EQ(study.name, "example");
  const auto& command = std::get<CommandDescription>(study.pipeline);
  EXPECT_THAT(command.run, ElementsAre("python3", "train.py", "--lr={lr}"));
  EXPECT_EQ(command.metrics, "metrics.json");
  EXPECT_EQ(command.study_directory, "/studies");
  EXPECT_THAT(command.required_metrics, ElementsAre("macro_f1"));
  EXPECT_THAT(command.fidelities, ElementsAre(1.0));
  ASSERT_EQ(study.space.knobs().size(), 2u);
  EXPECT_EQ(study.space.knobs()[0].values[study.space.knobs()[0].off].text(), "5e-5");
  EXPECT_TRUE(study.space.knobs()[1].ordered);
  EXPECT_EQ(study.quality.metric, "macro_f1");
  EXPECT_EQ(study.quality.max_drop, 0.01);
  EXPECT_EQ(study.objective, Objective::energy);
  EXPECT_EQ(study.budget.trials, 32u);
  EXPECT_EQ(study.store, "/studies/turngreen.db");
  EXPECT_EQ(study.file, "/studies/study.yaml");
}

TEST(StudyFile, a_table_pipeline_is_understood) {
  const auto study =
      parse(
          "name: t\n"
          "pipeline: {table: {file: t.csv, stages: {train: train_j, evaluate: evaluate_j},\n"
          "  seconds: {train: train_s, evaluate: evaluate_s}, quality: {macro_f1: macro_f1},\n"
          "  fidelity: fidelity}}\n"
          "knobs: {width: {values: [8, 4], phase: model}}\n"
          "quality: {metric: macro_f1, max_drop_relative: 0.01}\n")
          .value();
  const auto& table = std::get<TableDescription>(study.pipeline);
  EXPECT_EQ(table.file, "/studies/t.csv");
  EXPECT_THAT(table.stages, ElementsAre(Pair("train", "train_j"), Pair("evaluate", "evaluate_j")));
  EXPECT_THAT(table.seconds, ElementsAre(Pair("train", "train_s"), Pair("evaluate", "evaluate_s")));
  EXPECT_THAT(table.quality, ElementsAre(Pair("macro_f1", "macro_f1")));
  EXPECT_EQ(table.fidelity, "fidelity");
  EXPECT_EQ(study.quality.max_drop_relative, 0.01);
}

TEST(StudyFile, everything_about_a_command_is_understood) {
  const auto study = parse(
                         "name: c\n"
                         "pipeline:\n"
                         "  command:\n"
                         "    run: \"python3 train.py | tee log\"\n"
                         "    shell: true\n"
                         "    environment: {OMP_NUM_THREADS: \"{threads}\", EMPTY: ''}\n"
                         "    files: {config/run.json: json, run.yaml: yaml}\n"
                         "    directory: work\n"
                         "    patterns: {f1: \"f1=([0-9.]+)\"}\n"
                         "    timeout: 10 min\n"
                         "    memory: 4 GB\n"
                         "    fidelity: [0.05, 1]\n"
                         "    rows: [dev, test]\n"
                         "    sampling_period: 50 ms\n"
                         "knobs: {threads: {}}\n"
                         "quality: {metric: f1, min: 0.9}\n")
                         .value();
  const auto& command = std::get<CommandDescription>(study.pipeline);
  EXPECT_TRUE(command.shell);
  EXPECT_THAT(command.run, ElementsAre("python3 train.py | tee log"));
  EXPECT_THAT(command.environment,
              ElementsAre(Pair("OMP_NUM_THREADS", "{threads}"), Pair("EMPTY", "")));
  ASSERT_EQ(command.files.size(), 2u);
  EXPECT_EQ(command.files[0].file, "config/run.json");
  EXPECT_EQ(command.files[1].format, pipeline::RenderedFile::Format::yaml);
  EXPECT_EQ(command.directory, "work");
  ASSERT_EQ(command.patterns.size(), 1u);
  EXPECT_EQ(command.patterns[0].expression, "f1=([0-9.]+)");
  EXPECT_EQ(command.timeout, units::seconds(600));
  EXPECT_EQ(command.memory_bytes, 4'000'000'000u);
  EXPECT_THAT(command.fidelities, ElementsAre(0.05, 1.0));
  ASSERT_TRUE(command.rows);
  EXPECT_EQ(command.rows->validation, "dev");
  EXPECT_EQ(command.rows->test, "test");
  EXPECT_EQ(command.sampling_period, units::milliseconds(50));
}

TEST(StudyFile, goals_and_limits_are_understood) {
  const auto study =
      parse(minimal_study("objective: cost\n"
                          "price: 0.30 EUR\n"
                          "carbon: fr\n"
                          "constraints: {latency_ms: {max: 20}, seconds: {max: 60}}\n"
                          "budget: {energy: 2 baselines, time: 2 h}\n"
                          "future_runs: 365\n"
                          "verification: {runs: 3}\n"
                          "store: ../all.db\n"))
          .value();
  EXPECT_EQ(study.objective, Objective::cost);
  EXPECT_EQ(study.price->per_kilowatt_hour().amount(), 0.30);
  EXPECT_EQ(study.carbon_intensity, energy::find_country_intensity("FR")->intensity);
  ASSERT_EQ(study.constraints.size(), 2u);
  EXPECT_EQ(study.constraints[0].metric, "latency_ms");
  EXPECT_EQ(study.constraints[0].max, 20);
  EXPECT_EQ(study.budget.baselines, 2);
  EXPECT_FALSE(study.budget.energy);
  EXPECT_EQ(study.budget.time, units::seconds(7200));
  EXPECT_EQ(study.future_runs, 365);
  EXPECT_EQ(study.verification_runs, 3u);
  EXPECT_EQ(study.store, "/all.db");
}

TEST(StudyFile, metrics_that_a_run_has_anyway_are_not_asked_of_the_command) {
  const auto study = parse(minimal_study("constraints: {latency_ms: {max: 20}, seconds: {max: 60}, "
                                         "peak_memory_mb: {max: 4000}, macro_f1: {min: 0.5}}\n"))
                         .value();
  EXPECT_THAT(std::get<CommandDescription>(study.pipeline).required_metrics,
              ElementsAre("macro_f1", "latency_ms"));
}

TEST(StudyFile, a_budget_of_energy_may_be_in_joules) {
  const auto study = parse(minimal_study("budget: {energy: 500 kJ}\n")).value();
  EXPECT_EQ(study.budget.energy, units::joules(500e3));
  EXPECT_FALSE(study.budget.baselines);
}

TEST(StudyFile, quality_may_be_a_loss_with_class_counts_and_columns) {
  const auto study = parse(
                         "name: q\npipeline: {command: {run: [a]}}\nknobs: {max_length: {}}\n"
                         "quality: {metric: loss, max_drop: 0, higher_is_better: false, classes: "
                         "[32024, 1026], truth_column: y, prediction_column: p}\n")
                         .value();
  EXPECT_FALSE(study.quality.higher_is_better);
  EXPECT_THAT(study.quality.class_counts, ElementsAre(32024u, 1026u));
  EXPECT_EQ(study.quality.truth_column, "y");
  EXPECT_EQ(study.quality.prediction_column, "p");
}

TEST(StudyFileKnobs, values_stay_as_written) {
  const auto study =
      parse(study_of_knobs("  a: {values: [5e-5, \"007\", off, ~x], phase: data}\n")).value();
  std::vector<std::string> texts;
  for (const auto& value : study.space.knobs()[0].values) texts.push_back(value.text());
  EXPECT_THAT(texts, ElementsAre("5e-5", "007", "off", "~x"));
  EXPECT_EQ(study.space.knobs()[0].off, 0u);
}

TEST(StudyFileKnobs, a_knob_of_the_catalogue_needs_nothing_said) {
  const auto study = parse(study_of_knobs("  max_length: {}\n  precision:\n")).value();
  const auto* known = knobs::find_in_catalogue("max_length");
  const auto& knob = study.space.knobs()[0];
  EXPECT_EQ(knob.values, known->values);
  EXPECT_EQ(knob.phase, known->phase);
  EXPECT_EQ(knob.description, known->description);
  EXPECT_EQ(study.space.knobs()[1].id, "precision");
}

TEST(StudyFileKnobs, the_catalogues_off_value_stays_off_where_it_is_among_the_values) {
  const auto study =
      parse(study_of_knobs("  max_length: {values: [128, 2048]}\n  threads: {values: [3, 2]}\n"))
          .value();
  EXPECT_EQ(study.space.knobs()[0].off, 1u);
  EXPECT_EQ(study.space.knobs()[1].off, 0u);
  EXPECT_TRUE(study.space.knobs()[0].ordered);
}

TEST(StudyFileKnobs, what_is_published_counts_for_the_values_that_are_there) {
  const auto study = parse(study_of_knobs("  max_length: {values: [2048, 700, 512]}\n")).value();
  const auto* known = knobs::find_in_catalogue("max_length");
  const auto& expected = study.space.knobs()[0].expected;
  ASSERT_EQ(expected.size(), 3u);
  EXPECT_FALSE(expected[0]);
  EXPECT_FALSE(expected[1]);
  EXPECT_EQ(expected[2]->energy_factor, known->expected[2]->energy_factor);
}

TEST(StudyFileKnobs, what_is_published_is_turned_to_the_studys_off_value) {
  const auto study =
      parse(study_of_knobs("  layers_dropped: {values: [4, 8, 0], off: 4}\n")).value();
  const auto* known = knobs::find_in_catalogue("layers_dropped");
  const auto& expected = study.space.knobs()[0].expected;
  ASSERT_EQ(expected.size(), 3u);
  EXPECT_FALSE(expected[0]);
  EXPECT_DOUBLE_EQ(expected[1]->energy_factor,
                   known->expected[2]->energy_factor / known->expected[1]->energy_factor);
  EXPECT_DOUBLE_EQ(expected[2]->energy_factor, 1 / known->expected[1]->energy_factor);
}

TEST(StudyFileKnobs, expectations_may_be_numbers_or_have_a_spread) {
  const auto study =
      parse(study_of_knobs("  a: {values: [x, y, z], phase: data, expected: {y: 0.5, z: {factor: "
                           "0.25, spread: 0.1}}, source: a paper}\n"))
          .value();
  const auto& knob = study.space.knobs()[0];
  EXPECT_FALSE(knob.expected[0]);
  EXPECT_EQ(knob.expected[1]->energy_factor, 0.5);
  EXPECT_EQ(knob.expected[1]->log_spread, 0.3);
  EXPECT_EQ(knob.expected[2]->log_spread, 0.1);
  EXPECT_EQ(knob.source, "a paper");
}

TEST(StudyFileKnobs, conditions_and_forbidden_combinations_are_in_force) {
  const auto space = parse(study_of_knobs("  lora: {values: [off, on], phase: training}\n"
                                          "  rank: {values: [8, 4], phase: training, "
                                          "requires: {lora: on}}\n"
                                          "  compile: {values: [off, on], phase: training, "
                                          "excludes: {lora: [on]}}\n"
                                          "  x: {values: [1, 2], phase: data}\n",
                                          "forbidden: [{lora: on, x: 2}]\n"))
                         .value()
                         .space;
  const auto allowed = [&](knobs::Settings settings) {
    return space.configuration(settings).has_value();
  };
  EXPECT_FALSE(allowed({{"rank", Value("4")}}));
  EXPECT_TRUE(allowed({{"rank", Value("4")}, {"lora", Value("on")}}));
  EXPECT_FALSE(allowed({{"compile", Value("on")}, {"lora", Value("on")}}));
  EXPECT_FALSE(allowed({{"x", Value("2")}, {"lora", Value("on")}}));
  EXPECT_TRUE(allowed({{"x", Value("2")}}));
}

TEST(StudyFileKnobs, conditions_of_the_catalogue_on_absent_knobs_are_left_out) {
  for (const auto& knob : knobs::catalogue()) {
    EXPECT_EQ(faults_of(study_of_knobs("  " + knob.id + ": {}\n")), "") << knob.id;
  }
}

TEST(StudyFileKnobs, the_whole_catalogue_can_be_explored_together) {
  std::string all;
  for (const auto& knob : knobs::catalogue()) all += "  " + knob.id + ": {}\n";
  EXPECT_EQ(faults_of(study_of_knobs(all)), "");
}

TEST(StudyFile, recorded_trials_name_their_source_and_may_lack_a_quality) {
  const std::string lead =
      "name: s\npipeline: {recorded: {source: codecarbon}}\n"
      "knobs: {a: {values: [off, on], phase: training}}\n";
  const auto bare = parse_study_file(lead, "/s.yaml");
  ASSERT_TRUE(bare) << bare.error().message;
  EXPECT_EQ(std::get<pipeline::RecordedDescription>(bare->pipeline).source, "codecarbon");
  EXPECT_EQ(bare->quality.metric, "");
  EXPECT_FALSE(open_pipeline(*bare).value()->can_run(bare->space.baseline()));
  const auto judged = parse_study_file(lead + "quality: {metric: f1, max_drop: 0.1}\n", "/s.yaml");
  ASSERT_TRUE(judged) << judged.error().message;
  EXPECT_EQ(judged->quality.metric, "f1");
}

TEST(StudyFileKnobs, stages_of_the_catalogue_that_a_table_lacks_are_left_out) {
  const auto study = parse(
                         "name: t\n"
                         "pipeline: {table: {file: t.csv, stages: {train: a}, quality: {m: m}}}\n"
                         "knobs: {max_length: {}}\n"
                         "quality: {metric: m, max_drop: 0.01}\n")
                         .value();
  EXPECT_THAT(study.space.knobs()[0].stages, ElementsAre("train"));
}

TEST(StudyFile, a_file_that_is_not_there_names_the_command_that_writes_one) {
  const auto study = load_study_file("/nowhere/study.yaml");
  ASSERT_FALSE(study);
  EXPECT_EQ(study.error().kind, Error::Kind::not_found);
  EXPECT_THAT(study.error().message, HasSubstr("turngreen init"));
}

TEST(StudyFile, a_directory_is_no_study_file) {
  EXPECT_THAT(load_study_file("/").error().message, HasSubstr("is a directory"));
}

TEST(StudyFile, an_endless_file_is_refused) {
  EXPECT_THAT(load_study_file("/dev/zero").error().message, HasSubstr("longer than"));
}

TEST(StudyFile, what_is_off_in_the_study_excludes_no_knob_of_the_catalogue) {
  const auto study = parse(study_of_knobs(
      "  model_family: {}\n  batching: {values: [dynamic, packed], off: dynamic}\n"));
  ASSERT_TRUE(study) << study.error().message;
  const auto allows = [&](const char* batching) {
    return study->space
        .configuration(
            {{"model_family", knobs::Value("hashed_linear")}, {"batching", knobs::Value(batching)}})
        .has_value();
  };
  EXPECT_TRUE(allows("dynamic"));
  EXPECT_FALSE(allows("packed"));
}

}  // namespace
}  // namespace turngreen::study
