#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "turngreen/units/result.h"

namespace turngreen::files {

/// The contents of a regular file of at most `limit` bytes. Never waits for a writer: a pipe that
/// lies there instead is an error.
Result<std::string> read_whole_file(const std::filesystem::path& file, std::uint64_t limit);

}  // namespace turngreen::files
