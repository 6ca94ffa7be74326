#pragma once

#include <filesystem>
#include <string_view>

#include "turngreen/pipeline/command_pipeline.h"
#include "turngreen/units/result.h"

namespace turngreen::study {

/// The command of a best.yaml, as `turngreen tune` writes it. Hostile input is expected, within the
/// bounds of a study file's. Error: file, line and what is wrong; a recommendation without a
/// command, as a table's is.
Result<pipeline::ReadyCommand> load_best_file(const std::filesystem::path& file);
/// The same from text; `file` is used in messages.
Result<pipeline::ReadyCommand> parse_best_file(std::string_view text,
                                               const std::filesystem::path& file);

}  // namespace turngreen::study
