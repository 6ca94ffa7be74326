#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "turngreen/units/result.h"

namespace turngreen::study {

/// What a file lies on.
struct FileSystem {
  std::uint32_t magic = 0;  ///< f_type of statfs(2)
  std::string name;         ///< as /proc/self/mountinfo has it ("ext4", "fuse.sshfs"); may be empty
};

/// Of the nearest existing directory above `path`, or of `path` where it exists.
FileSystem file_system_of(const std::filesystem::path& path);

/// Refuses file systems whose locks, or whose shared memory, do not hold between machines: on them
/// two workers could take the same trial, and the file could be damaged.
Result<void> check_locks_hold(const std::filesystem::path& file, const FileSystem& file_system);

}  // namespace turngreen::study
