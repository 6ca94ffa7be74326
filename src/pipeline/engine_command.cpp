#include <fmt/format.h>

#include <utility>

#include "turngreen/pipeline/engine_pipeline.h"

namespace turngreen::pipeline {
namespace {

constexpr const char* kModelFolder = "model";

/// As a word of a command has it, where braces are placeholders.
std::string literal(std::string_view text) {
  std::string word;
  for (const char c : text) {
    word += c;
    if (c == '{' || c == '}') word += c;
  }
  return word;
}

}  // namespace

CommandDescription engine_command(const EngineDescription& engine, const knobs::Space& space,
                                  CommandDescription limits) {
  CommandDescription command = std::move(limits);
  auto& words = command.run;
  const auto add = [&](std::string_view option, std::string value) {
    words.push_back(fmt::format("--{}", option));
    words.push_back(std::move(value));
  };
  words = {literal(engine.program), "train"};
  add("model", literal(engine.model.string()));
  add("train", literal(engine.train.string()));
  add("validation", literal(engine.validation.string()));
  if (!engine.test.empty()) {
    add("test", literal(engine.test.string()));
    add("report-on", "{rows}");
    command.rows = RowWords{.validation = "validation", .test = "test"};
  }
  if (engine.text) add("text", literal(*engine.text));
  if (engine.label) add("label", literal(*engine.label));
  add("output", fmt::format("{{trial_dir}}/{}", kModelFolder));
  add("predictions", "{trial_dir}/predictions.jsonl");
  add("fidelity", "{fidelity}");
  add("seed", "{seed}");
  for (const auto& [name, value] : engine.settings)
    add("set", literal(fmt::format("{}={}", name, value)));
  for (const knobs::Knob& knob : space.knobs()) add("set", fmt::format("{0}={{{0}}}", knob.id));
  command.discard = {kModelFolder};
  return command;
}

}  // namespace turngreen::pipeline
