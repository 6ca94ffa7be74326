#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace turngreen::study {

/// Which version of a program a directory holds, as git's own files tell.
struct GitState {
  std::string commit;  ///< of HEAD, hexadecimal; empty: nothing has been committed yet
  /// Whether tracked files differ from it: "yes"; "no"; "perhaps", where only reading them all
  /// could tell (written again with the same size, or something is staged); "unknown", where the
  /// index cannot be read. Files that git does not track are left out.
  std::string dirty;
};

/// Of the repository that `directory` lies in; absent: it lies in none. Reads files only.
std::optional<GitState> git_state(const std::filesystem::path& directory);

}  // namespace turngreen::study
