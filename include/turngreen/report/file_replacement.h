#pragma once

#include <filesystem>
#include <string_view>

#include "turngreen/units/result.h"

namespace turngreen::report {

/// Writes `content` so that the file holds either all of it or what it held before: a temporary
/// file in the same directory, flushed to the disk, then renamed. Symbolic links are followed, the
/// mode of a file that is replaced is kept, and what is no regular file (a terminal, a pipe,
/// /dev/null) is written to directly. The error names the file, what the system answered and what
/// to do.
Result<void> replace_file(const std::filesystem::path& file, std::string_view content);

/// Whether replace_file is going to be able to write there, asked before hours of work depend on
/// it. Leaves nothing behind.
Result<void> check_writable(const std::filesystem::path& file);

}  // namespace turngreen::report
