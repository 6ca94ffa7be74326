#include <gmock/gmock.h>

#include "turngreen/pipeline/engine_pipeline.h"

namespace turngreen::pipeline {
namespace {

using testing::HasSubstr;

constexpr const char* kDescription = R"({
  "knobs": [
    {"id": "precision", "is_there": true, "values": [
      {"value": "fp32", "is_there": true}, {"value": "bf16", "is_there": true},
      {"value": "fp16", "is_there": false, "why": "needs a GPU"}]},
    {"id": "batch_size", "is_there": true, "least": 1,
     "values": [{"value": "auto", "is_there": true}]},
    {"id": "layers_dropped", "is_there": true, "least": 0, "most": 5},
    {"id": "compile", "is_there": false, "why": "this build has no kernels"}],
  "absent_knobs": [{"ids": ["clock_limit"], "why": "it is of the device"}]})";

std::string fault(const std::string& id, const std::vector<const char*>& values) {
  knobs::Knob knob{.id = id};
  knob.values = std::vector<knobs::Value>(values.begin(), values.end());
  const auto fit = check_knobs_of_engine(kDescription, *knobs::Space::build({knob}));
  return fit ? std::string() : fit.error().message;
}

TEST(CheckKnobsOfEngine, lets_pass_what_the_engine_has) {
  EXPECT_EQ(fault("precision", {"fp32", "bf16"}), "");
  EXPECT_EQ(fault("batch_size", {"8", "auto"}), "");
  EXPECT_EQ(fault("layers_dropped", {"0", "5"}), "");
}

TEST(CheckKnobsOfEngine, names_each_value_that_cannot_be_had_with_the_reason) {
  EXPECT_THAT(fault("precision", {"fp32", "fp16"}),
              HasSubstr("precision: fp16 cannot be had here: needs a GPU; write values: [fp32, "
                        "bf16]"));
  EXPECT_THAT(fault("precision", {"fp32", "int3"}), HasSubstr("the engine has no such value"));
  EXPECT_THAT(fault("layers_dropped", {"0", "6"}), HasSubstr("numbers from 0 to 5"));
  EXPECT_THAT(fault("batch_size", {"0.5", "8"}), HasSubstr("at least 1"));
}

TEST(CheckKnobsOfEngine, names_knobs_that_are_not_there_with_the_reason) {
  EXPECT_THAT(fault("compile", {"off", "on"}), HasSubstr("this build has no kernels"));
  EXPECT_THAT(fault("clock_limit", {"off", "900"}), HasSubstr("it is of the device"));
  EXPECT_THAT(fault("sharpness", {"1", "2"}), HasSubstr("it has no such option"));
}

TEST(CheckKnobsOfEngine, says_that_a_description_is_not_understood) {
  for (const char* text : {"", "[]", "{\"knobs\": 3}", "not JSON"}) {
    const auto fit = check_knobs_of_engine(text, *knobs::Space::build({}));
    EXPECT_TRUE(fit || fit.error().message.find("not understood") != std::string::npos) << text;
  }
  EXPECT_FALSE(check_knobs_of_engine("not JSON", knobs::Space()));
}

}  // namespace
}  // namespace turngreen::pipeline
