#pragma once

#include <filesystem>

#include "turngreen/units/result.h"

namespace turngreen::pipeline {

/// A new directory that only this user may enter (0700), removed at the end with the files in it.
/// Move-only.
class PrivateDirectory {
 public:
  /// Tries XDG_RUNTIME_DIR, TMPDIR and /tmp; its path has at most `longest` bytes. The error names
  /// each place.
  static Result<PrivateDirectory> make(std::size_t longest);
  PrivateDirectory(PrivateDirectory&& other) noexcept;
  PrivateDirectory& operator=(PrivateDirectory&&) = delete;
  ~PrivateDirectory();

  const std::filesystem::path& path() const { return path_; }

 private:
  explicit PrivateDirectory(std::filesystem::path path) : path_(std::move(path)) {}
  std::filesystem::path path_;
};

}  // namespace turngreen::pipeline
