#include <gmock/gmock.h>

#include "turngreen/study/study_file.h"

namespace turngreen::study {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::Pair;

constexpr std::string_view kStudy = R"(name: example
pipeline:
  engine:
    model: models/small
    train: train.jsonl
    validation: /data/validation.jsonl
    test: test.jsonl
    text: func
    settings: {epochs: 2, class_weights: balanced}
    fidelity: [0.1, 1]
    timeout: 10 min
knobs:
  precision: {values: [fp32, bf16]}
quality: {metric: f1_macro, max_drop: 0.01}
)";

std::string faults_of(std::string text, std::string_view part, std::string_view replacement) {
  text.replace(text.find(part), part.size(), replacement);
  const auto study = parse_study_file(text, "/studies/study.yaml");
  return study ? std::string() : study.error().message;
}

TEST(StudyFileEngine, is_a_command_of_the_engine_with_every_knob) {
  const auto study = parse_study_file(kStudy, "/studies/study.yaml");
  ASSERT_TRUE(study) << study.error().message;
  ASSERT_TRUE(study->engine);
  EXPECT_EQ(study->engine->model, "/studies/models/small");
  EXPECT_EQ(study->engine->validation, "/data/validation.jsonl");
  EXPECT_THAT(study->engine->settings, Contains(Pair("class_weights", "balanced")));
  const auto& command = std::get<pipeline::CommandDescription>(study->pipeline);
  EXPECT_THAT(command.run, Contains("precision={precision}"));
  EXPECT_THAT(command.run, Contains("epochs=2"));
  EXPECT_THAT(command.run, Contains("/studies/test.jsonl"));
  EXPECT_THAT(command.fidelities, testing::ElementsAre(0.1, 1));
  EXPECT_THAT(command.required_metrics, Contains("f1_macro"));
  EXPECT_EQ(command.timeout, units::seconds(600));
  EXPECT_EQ(command.study_directory, "/studies");
  EXPECT_TRUE(command.rows);
}

TEST(StudyFileEngine, says_what_is_missing_or_is_not_its_own_to_say) {
  const std::string text(kStudy);
  EXPECT_THAT(faults_of(text, "    model: models/small\n", ""),
              HasSubstr("model is missing: the model folder to begin with"));
  EXPECT_THAT(faults_of(text, "epochs: 2", "seed: 2"), HasSubstr("each trial gets its own"));
  EXPECT_THAT(faults_of(text, "epochs: 2", "train: a.csv"), HasSubstr("it stands beside settings"));
  EXPECT_THAT(faults_of(text, "text: func", "texts: func"), HasSubstr("did you mean text?"));
  EXPECT_THAT(faults_of(text, "epochs: 2", "precision: bf16"),
              HasSubstr("precision is a knob of this study"));
  EXPECT_THAT(faults_of(text, "  engine:", "  command: {run: [a]}\n  engine:"),
              HasSubstr("a study has one pipeline"));
}

TEST(StudyFileEngine, is_not_opened_where_there_is_no_engine) {
  auto study = parse_study_file(kStudy, "/studies/study.yaml");
  ASSERT_TRUE(study);
  study->engine->program = "/nowhere/turngreen-engine";
  const auto opened = open_pipeline(*study);
  ASSERT_FALSE(opened);
  EXPECT_THAT(opened.error().message, HasSubstr("TURNGREEN_ENGINE=ON"));
}

}  // namespace
}  // namespace turngreen::study
