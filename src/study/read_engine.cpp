#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "read_limits.h"
#include "read_pipeline.h"
#include "turngreen/units/text.h"

namespace turngreen::study {
namespace {

namespace fs = std::filesystem;

/// What the tuner sets itself, so that a study file may not.
constexpr std::array<std::string_view, 11> kTaken{"model",       "train",    "validation", "test",
                                                  "text",        "label",    "seed",       "output",
                                                  "predictions", "fidelity", "config"};

fs::path read_path(const YamlField& field, const fs::path& directory) {
  const auto path = field.text();
  return path ? (directory / *path).lexically_normal() : fs::path();
}

std::vector<std::pair<std::string, std::string>> read_settings(const YamlField& field) {
  std::vector<std::pair<std::string, std::string>> settings;
  for (const auto& [name, value] : field.entries()) {
    if (std::ranges::find(kTaken, name) != kTaken.end()) {
      value.fault(fmt::format("{} is no setting here: {}", units::in_quotes(name),
                              name == "seed" ? "each trial gets its own"
                                             : "it stands beside settings, or the trial sets it"));
    }
    if (const auto text = value.text()) settings.emplace_back(name, *text);
  }
  return settings;
}

}  // namespace

ReadEngine read_engine(const YamlField& field, const fs::path& directory) {
  ReadEngine read;
  auto& [engine, limits] = read;
  YamlSection section(field);
  engine.program = pipeline::find_engine();
  engine.model = read_path(section.required("model", "the model folder to begin with"), directory);
  engine.train = read_path(section.required("train", "a file of rows to train on"), directory);
  engine.validation =
      read_path(section.required("validation", "a file of rows that configurations are judged by"),
                directory);
  engine.test = read_path(section["test"], directory);
  engine.text = section["text"].text();
  engine.label = section["label"].text();
  engine.settings = read_settings(section["settings"]);
  read_limits(section, limits);
  limits.study_directory = directory;
  section.finish();
  return read;
}

}  // namespace turngreen::study
