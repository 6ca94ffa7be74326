#include <gmock/gmock.h>

#include "turngreen/pipeline/engine_pipeline.h"

namespace turngreen::pipeline {
namespace {

using testing::ElementsAre;
using testing::IsSubsetOf;

std::vector<knobs::Value> values(const std::vector<const char*>& texts) {
  return {texts.begin(), texts.end()};
}

knobs::Space space() {
  knobs::Knob precision{.id = "precision"};
  precision.values = values({"fp32", "bf16"});
  knobs::Knob layers{.id = "layers_dropped", .ordered = true};
  layers.values = values({"0", "2"});
  return *knobs::Space::build({precision, layers});
}

EngineDescription engine() {
  EngineDescription description;
  description.program = "/opt/turngreen-engine";
  description.model = "/m";
  description.train = "/d/{a}.jsonl";
  description.validation = "/d/v.jsonl";
  description.settings = {{"epochs", "2"}};
  return description;
}

TEST(EngineCommand, trains_and_is_judged_by_the_validation_rows) {
  const CommandDescription command = engine_command(engine(), space());
  EXPECT_THAT(
      command.run,
      ElementsAre("/opt/turngreen-engine", "train", "--model", "/m", "--train", "/d/{{a}}.jsonl",
                  "--validation", "/d/v.jsonl", "--output", "{trial_dir}/model", "--predictions",
                  "{trial_dir}/predictions.jsonl", "--fidelity", "{fidelity}", "--seed", "{seed}",
                  "--set", "epochs=2", "--set", "precision={precision}", "--set",
                  "layers_dropped={layers_dropped}"));
  EXPECT_FALSE(command.rows);
  EXPECT_THAT(command.discard, ElementsAre("model"));
}

TEST(EngineCommand, asks_for_test_rows_where_there_are_some) {
  EngineDescription description = engine();
  description.test = "/d/t.jsonl";
  description.text = "func";
  const CommandDescription command = engine_command(description, space());
  EXPECT_THAT(
      (std::vector<std::string>{"--test", "/d/t.jsonl", "--report-on", "{rows}", "--text", "func"}),
      IsSubsetOf(command.run));
  EXPECT_EQ(command.rows->test, "test");
}

TEST(EngineCommand, is_one_that_a_command_pipeline_understands) {
  CommandDescription limits;
  limits.fidelities = {0.1, 1};
  const auto pipeline = CommandPipeline::open(engine_command(engine(), space(), limits), space());
  ASSERT_TRUE(pipeline) << pipeline.error().message;
  RunRequest request;
  request.configuration = space().baseline();
  request.fidelity = 0.1;
  request.directory = "/trial";
  const auto words = (*pipeline)->command_for(request).words;
  EXPECT_THAT((std::vector<std::string>{"/d/{a}.jsonl", "/trial/model", "0.1", "precision=fp32"}),
              IsSubsetOf(words));
}

}  // namespace
}  // namespace turngreen::pipeline
