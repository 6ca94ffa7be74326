#include "git_state.h"

#include <fstream>
#include <string_view>

#include "git_index.h"

namespace turngreen::study {
namespace {

namespace fs = std::filesystem;

/// The first line, without what stands in front of it.
std::optional<std::string> line_after(const fs::path& file, std::string_view prefix) {
  std::ifstream in(file);
  std::string line;
  if (!std::getline(in, line) || !line.starts_with(prefix)) return std::nullopt;
  return line.substr(prefix.size());
}

/// Of a working tree, .git is a directory; of a linked one or a submodule, a file that names it.
std::optional<fs::path> git_directory(const fs::path& tree) {
  const fs::path entry = tree / ".git";
  std::error_code none;
  if (fs::is_directory(entry, none)) return entry;
  if (const auto named = line_after(entry, "gitdir: ")) return tree / *named;
  return std::nullopt;
}

std::string packed_reference(const fs::path& git, const std::string& name) {
  std::ifstream in(git / "packed-refs");
  for (std::string line; std::getline(in, line);) {
    const auto blank = line.find(' ');
    if (blank != std::string::npos && line.substr(blank + 1) == name) return line.substr(0, blank);
  }
  return {};
}

std::string head_commit(const fs::path& git) {
  const auto name = line_after(git / "HEAD", "ref: ");
  if (!name) return line_after(git / "HEAD", "").value_or("");
  // Linked working trees share their references.
  const auto shared = line_after(git / "commondir", "");
  for (const auto& place : {git, shared ? git / *shared : git}) {
    if (auto commit = line_after(place / *name, "")) return *commit;
    if (auto commit = packed_reference(place, *name); !commit.empty()) return commit;
  }
  return {};
}

}  // namespace

std::optional<GitState> git_state(const fs::path& directory) {
  std::error_code none;
  for (fs::path tree = fs::absolute(directory, none);; tree = tree.parent_path()) {
    if (const auto git = git_directory(tree)) {
      return GitState{head_commit(*git), changes_since_index(*git / "index", tree)};
    }
    if (!tree.has_relative_path()) return std::nullopt;
  }
}

}  // namespace turngreen::study
