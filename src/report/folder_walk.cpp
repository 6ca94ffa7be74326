#include "folder_walk.h"

#include <fmt/format.h>
#include <fnmatch.h>

#include <algorithm>
#include <cstddef>
#include <system_error>

#include "turngreen/units/text.h"

namespace turngreen::report {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kDeepest = 32;
constexpr std::size_t kMostEntries = 1'000'000;

class Walk {
 public:
  Walk(const fs::path& folder, std::span<const std::string> exclude)
      : folder_(folder), exclude_(exclude) {}

  FolderWalk all() {
    look_into({}, 0);
    if (links_ > 0) {
      note(fmt::format("{} symbolic link{} below {} {} not followed", links_,
                       links_ == 1 ? "" : "s", name_of({}), links_ == 1 ? "was" : "were"));
    }
    if (entries_ > kMostEntries) {
      note(fmt::format("{} holds more than {} files and folders; the rest was not looked at",
                       name_of({}), kMostEntries));
    }
    std::ranges::sort(walk_.files);
    return std::move(walk_);
  }

 private:
  void note(std::string text) { walk_.notes.push_back(std::move(text)); }
  std::string name_of(const fs::path& relative) const {
    return units::in_quotes((folder_ / relative).string());
  }

  bool excluded(const fs::path& relative) const {
    const std::string path = relative.string();
    const std::string name = relative.filename().string();
    return std::ranges::any_of(exclude_, [&](const std::string& pattern) {
      return ::fnmatch(pattern.c_str(), path.c_str(), 0) == 0 ||
             ::fnmatch(pattern.c_str(), name.c_str(), 0) == 0;
    });
  }

  void look_into(const fs::path& relative, std::size_t depth) {
    std::error_code problem;
    fs::directory_iterator entry(folder_ / relative, problem);
    if (problem) {
      note(fmt::format("{} cannot be looked into: {}", name_of(relative), problem.message()));
      return;
    }
    for (const fs::directory_iterator end; entry != end && entries_ <= kMostEntries;
         entry.increment(problem)) {
      ++entries_;
      take(*entry, relative / entry->path().filename(), depth);
    }
  }

  void take(const fs::directory_entry& entry, const fs::path& relative, std::size_t depth) {
    std::error_code problem;
    const auto kind = entry.symlink_status(problem).type();
    if (problem || excluded(relative)) return;
    if (kind == fs::file_type::symlink) {
      ++links_;
    } else if (kind == fs::file_type::regular) {
      const auto extension = relative.extension();
      if (extension == ".csv" || extension == ".json") walk_.files.push_back(relative);
    } else if (kind == fs::file_type::directory && depth < kDeepest) {
      look_into(relative, depth + 1);
    } else if (kind == fs::file_type::directory) {
      note(fmt::format("{} lies deeper than {} folders and was not looked into", name_of(relative),
                       kDeepest));
    }
  }

  const fs::path& folder_;
  std::span<const std::string> exclude_;
  FolderWalk walk_;
  std::size_t entries_ = 0;
  std::size_t links_ = 0;
};

}  // namespace

FolderWalk walk_folder(const fs::path& folder, std::span<const std::string> exclude) {
  return Walk(folder, exclude).all();
}

}  // namespace turngreen::report
