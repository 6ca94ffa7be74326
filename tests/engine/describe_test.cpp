#include "describe.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <sstream>
#include <vector>

#include "checkpoint/small_model.h"
#include "engine_knobs.h"
#include "program.h"
#include "turngreen/knobs/catalogue.h"

namespace turngreen::engine {
namespace {

using nlohmann::json;
using testing::HasSubstr;

struct Finished {
  int status;
  std::string out;
  std::string err;
};

Finished describe(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), "describe");
  std::ostringstream out;
  std::ostringstream err;
  const int status = run_program(arguments, out, err);
  return {status, out.str(), err.str()};
}

json described(std::vector<std::string> arguments) {
  arguments.emplace_back("--json");
  return json::parse(describe(std::move(arguments)).out);
}

bool has_libtorch() { return !described({})["libtorch"].is_null(); }

json knob(const json& all, std::string_view id) {
  const auto& knobs = all["knobs"];
  return *std::find_if(knobs.begin(), knobs.end(),
                       [&](const json& one) { return one["id"] == id; });
}

json value(const json& all, std::string_view id, std::string_view name) {
  const auto values = knob(all, id)["values"];
  return *std::find_if(values.begin(), values.end(),
                       [&](const json& one) { return one["value"] == name; });
}

TEST(Describe, is_json_when_asked) {
  const json all = described({});
  EXPECT_GE(all["threads"], 1);
  EXPECT_EQ(all["tokenizer"]["models"][0], "WordPiece");
  EXPECT_THAT(all["kernels"]["supported"], testing::Contains("plain"));
  EXPECT_THAT(describe({}).out, HasSubstr("pre-tokenizers"));
}

TEST(Describe, gives_each_knob_values_or_limits_or_the_reason_why_not) {
  const json all = described({});
  ASSERT_EQ(all["knobs"].size(), engine_knobs().size());
  for (const json& one : all["knobs"]) {
    SCOPED_TRACE(one["id"]);
    if (!one["is_there"]) {
      EXPECT_NE(one["why"], "");
      continue;
    }
    EXPECT_NE(one.contains("values"), one.contains("least"));
    for (const json& possible : one.value("values", json::array()))
      EXPECT_NE(possible["is_there"], possible.contains("why")) << possible;
  }
}

TEST(Describe, tells_of_every_knob_of_the_catalogue_or_why_it_is_not_there) {
  std::vector<std::string_view> known;
  for (const EngineKnob& one : engine_knobs()) known.push_back(one.id);
  for (const AbsentKnobs& absent : absent_knobs())
    known.insert(known.end(), absent.ids.begin(), absent.ids.end());
  for (const knobs::Knob& one : knobs::catalogue()) EXPECT_THAT(known, testing::Contains(one.id));
}

TEST(Describe, says_that_a_build_without_libtorch_can_set_nothing) {
  if (has_libtorch()) GTEST_SKIP() << "this build has libtorch";
  EXPECT_THAT(knob(described({}), "precision")["why"], HasSubstr("built without libtorch"));
  EXPECT_EQ(describe({"--device", "cpu"}).status, 1);
}

TEST(Describe, refuses_a_device_that_is_not_there) {
  if (!has_libtorch()) GTEST_SKIP() << "this build has no libtorch";
  const Finished finished = describe({"--device", "cuda:99"});
  EXPECT_EQ(finished.status, 1);
  EXPECT_EQ(finished.out, "");
  EXPECT_THAT(finished.err, HasSubstr("turngreen-engine describe: device cuda:99 is not there"));
}

TEST(Describe, says_what_a_value_needs_and_why_another_cannot_be_had) {
  if (!has_libtorch()) GTEST_SKIP() << "this build has no libtorch";
  const json all = described({"--device", "cpu"});
  EXPECT_THAT(value(all, "compile", "on")["needs"], HasSubstr("batching: packed"));
  EXPECT_THAT(value(all, "precision", "fp16")["why"], HasSubstr("take "));
  EXPECT_THAT(value(all, "attention", "packed")["needs"], HasSubstr("compile: on"));
  EXPECT_THAT(value(all, "inference_engine", "fused")["needs"],
              HasSubstr("inference_batching: packed"));
  EXPECT_THAT(value(all, "inference_precision", "int4")["why"], HasSubstr("does not have it"));
  const std::string text = describe({"--device", "cpu"}).out;
  EXPECT_THAT(text, HasSubstr("    not fp16"));
  EXPECT_THAT(text, HasSubstr("knobs on cpu"));
}

TEST(Describe, of_a_model_gives_its_own_limits) {
  const report::ScratchDirectory scratch;
  checkpoint::write_small_model(scratch / "model");
  const std::string folder = (scratch / "model").string();
  const json all = described({"--model", folder});
  EXPECT_EQ(all["model"]["family"], "bert");
  EXPECT_EQ(all["model"]["positions"], 512);
  EXPECT_THAT(all["model"]["tokenizer_fault"], HasSubstr("tokenizer.json"));
  EXPECT_THAT(describe({"--model", folder}).out, HasSubstr("12 layers of 8 with 2 heads"));
  if (!has_libtorch()) return;
  EXPECT_EQ(knob(all, "max_length")["most"], 512);
  EXPECT_THAT(value(described({"--model", folder, "--device", "cpu"}), "compile", "on")["why"],
              HasSubstr("hidden_size 8"));
}

TEST(Describe, of_what_is_no_model_says_so) {
  const Finished finished = describe({"--model", "/nowhere"});
  EXPECT_EQ(finished.status, 1);
  EXPECT_THAT(finished.err, HasSubstr("turngreen-engine describe: /nowhere"));
}

}  // namespace
}  // namespace turngreen::engine
