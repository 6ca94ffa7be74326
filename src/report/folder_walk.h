#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

namespace turngreen::report {

struct FolderWalk {
  /// Regular files, by their paths from the folder, sorted.
  std::vector<std::filesystem::path> files;
  std::vector<std::string> notes;  ///< what could not be looked into, a sentence each
};

/// The .csv and .json files in a folder and below: at most 32 folders deep and a million entries.
/// Symbolic links are not followed. `exclude`: patterns of a shell (`*`, `?`, `[a-z]`) on a path
/// from the folder or on one of its names; what they hit is passed over with all in it.
FolderWalk walk_folder(const std::filesystem::path& folder, std::span<const std::string> exclude);

}  // namespace turngreen::report
