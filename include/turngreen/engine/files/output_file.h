#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "turngreen/units/result.h"

namespace turngreen::files {

/// A file that is there as a whole or not at all: written beside its place, flushed to the disk and
/// renamed at the end; removed where that is not reached. "-" and what is no regular file (a pipe,
/// /dev/null) are written to directly.
class OutputFile {
 public:
  static Result<OutputFile> create(const std::filesystem::path& file);
  OutputFile(OutputFile&& other) noexcept;
  OutputFile& operator=(OutputFile&&) = delete;
  ~OutputFile();

  Result<void> write(std::string_view bytes);
  /// Puts it in its place.
  Result<void> finish();

 private:
  OutputFile(std::filesystem::path file, std::filesystem::path temporary, int descriptor);
  tl::unexpected<Error> failure(int reason) const;

  std::filesystem::path file_;
  std::filesystem::path temporary_;  ///< empty where it is written to directly
  int descriptor_;
};

}  // namespace turngreen::files
