#pragma once

#include <filesystem>
#include <optional>

#include "turngreen/pipeline/command_pipeline.h"
#include "turngreen/pipeline/engine_pipeline.h"
#include "turngreen/pipeline/recorded_pipeline.h"
#include "turngreen/pipeline/table_pipeline.h"
#include "yaml_field.h"

namespace turngreen::study {

/// Reads `pipeline: {command: ...}`; `directory` is the study file's.
pipeline::CommandDescription read_command(const YamlField& field,
                                          const std::filesystem::path& directory);

/// The engine, and within which limits its command is run.
struct ReadEngine {
  pipeline::EngineDescription engine;
  pipeline::CommandDescription limits;
};

/// Reads `pipeline: {engine: ...}`; `directory` is the study file's.
ReadEngine read_engine(const YamlField& field, const std::filesystem::path& directory);

/// Reads `pipeline: {table: ...}`; `directory` is the study file's.
pipeline::TableDescription read_table(const YamlField& field,
                                      const std::filesystem::path& directory);

/// Reads `pipeline: {recorded: ...}`.
pipeline::RecordedDescription read_recorded(const YamlField& field);

}  // namespace turngreen::study
