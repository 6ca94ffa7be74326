#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "turngreen/units/result.h"

namespace turngreen::train {

/// "checkpoint-120"
std::string checkpoint_name(std::int64_t step);

/// The checkpoints of training in `output`, by ascending step. None where it is not there.
std::vector<std::filesystem::path> checkpoints_in(const std::filesystem::path& output);

/// Removes all but the last `kept`, and what a run that was killed left half-written.
Result<void> remove_checkpoints(const std::filesystem::path& output, std::int64_t kept);

/// Where a checkpoint is written before it gets its name.
std::filesystem::path unfinished_checkpoint(const std::filesystem::path& output);

/// Gives what was written there its name, durably.
Result<void> finish_checkpoint(const std::filesystem::path& output, std::int64_t step);

}  // namespace turngreen::train
