#pragma once

#include <filesystem>
#include <functional>
#include <string_view>

#include "turngreen/units/result.h"

namespace turngreen::files {

/// A folder that is there as a whole or as it was before: its files are written beside its place,
/// and it is renamed at the end; removed where that is not reached.
class OutputFolder {
 public:
  /// Folders on the way to it are made. Error: a file is in its place, or it cannot be exchanged
  /// for another (a mount point, the working folder), no permission.
  static Result<OutputFolder> create(const std::filesystem::path& folder);
  OutputFolder(OutputFolder&& other) noexcept;
  OutputFolder& operator=(OutputFolder&&) = delete;
  ~OutputFolder();

  /// Where to write its files until finish().
  const std::filesystem::path& path() const { return temporary_; }

  /// Puts it in its place. What a folder that was there holds goes, but for the entries whose names
  /// `stays` takes: these move into the new one, where it has none of that name.
  Result<void> finish(const std::function<bool(std::string_view)>& stays);

  /// The error, with the folder's own name instead of path().
  Error in_place(Error error) const;

 private:
  OutputFolder(std::filesystem::path folder, std::filesystem::path temporary);
  Result<void> exchange() const;

  std::filesystem::path folder_;
  std::filesystem::path temporary_;
};

}  // namespace turngreen::files
