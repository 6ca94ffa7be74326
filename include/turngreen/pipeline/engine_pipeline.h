#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "turngreen/knobs/space.h"
#include "turngreen/pipeline/command_pipeline.h"
#include "turngreen/units/result.h"

namespace turngreen::pipeline {

/// The program that does the learning work.
inline constexpr std::string_view kEngineProgram = "turngreen-engine";

/// Where it may be, in order: in the folder of `executable` (empty where that is not known), then
/// in those of `path` (the PATH variable).
std::vector<std::string> engine_places(std::string_view executable, std::string_view path);

/// The same for this process.
std::vector<std::string> engine_places();

/// The first of those places where it can be executed; else its bare name.
std::string find_engine();

/// The built-in fine-tuning pipeline: `turngreen-engine train` on the user's files.
struct EngineDescription {
  std::string program = std::string(kEngineProgram);
  std::filesystem::path model;       ///< folder to begin with
  std::filesystem::path train;       ///< rows
  std::filesystem::path validation;  ///< rows that choices are made by
  std::filesystem::path test;        ///< rows that are looked at once, at the very end; empty: none
  std::optional<std::string> text;   ///< columns; absent: those the model was trained with
  std::optional<std::string> label;
  /// Options of `turngreen train` by their names, the same in every trial.
  std::vector<std::pair<std::string, std::string>> settings;
};

/// The command of a trial, within `limits` (timeout, memory, fidelities, required metrics, ...):
/// every knob of the space is set by its id. The trained model is in {trial_dir}/model, which is
/// not kept; with the trial's directory replaced by another, the words train a model that is.
CommandDescription engine_command(const EngineDescription& engine, const knobs::Space& space,
                                  CommandDescription limits = {});

/// What turngreen-engine says of itself, `describe --json`.
Result<std::string> describe_engine(const EngineDescription& engine);

/// Error, one line for each fault: knobs that the engine has not, values that it cannot have on
/// this machine and for this model, each with its reason.
Result<void> check_knobs_of_engine(std::string_view description, const knobs::Space& space);

}  // namespace turngreen::pipeline
