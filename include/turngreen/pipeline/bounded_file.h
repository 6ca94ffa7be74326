#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "turngreen/units/result.h"

namespace turngreen::pipeline {

/// The contents of a regular file of at most `limit` bytes. Never waits for a writer (a pipe that
/// lies there instead is an error), and takes no memory for what is too large.
Result<std::string> read_bounded_file(const std::filesystem::path& file, std::uint64_t limit);

}  // namespace turngreen::pipeline
