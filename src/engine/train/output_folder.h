#pragma once

#include <filesystem>
#include <functional>

#include "turngreen/units/result.h"

namespace turngreen::train {

/// Whether a trained model may go there: to a place that is not there yet, an empty folder, one of
/// checkpoints, or a model, which it replaces. Error: a folder of other things, or no folder.
Result<void> check_output_folder(const std::filesystem::path& output);

/// Has `write` make a folder beside `output`, and puts it in its place; what is not whole never
/// gets there. The checkpoints of `output` stay.
Result<void> replace_output_folder(
    const std::filesystem::path& output,
    const std::function<Result<void>(const std::filesystem::path&)>& write);

}  // namespace turngreen::train
