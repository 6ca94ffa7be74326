#pragma once

#include <fcntl.h>
#include <unistd.h>

#include <filesystem>
#include <string_view>
#include <utility>

#include "turngreen/units/result.h"

namespace turngreen::report {

/// A file descriptor that closes itself.
class OpenFile {
 public:
  explicit OpenFile(int descriptor = -1) noexcept : descriptor_(descriptor) {}
  OpenFile(OpenFile&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
  OpenFile& operator=(OpenFile&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    return *this;
  }
  ~OpenFile() { close(); }

  explicit operator bool() const { return descriptor_ >= 0; }
  int get() const { return descriptor_; }
  /// False when the system reports a late write error (NFS, quotas).
  bool close() noexcept { return descriptor_ < 0 || ::close(std::exchange(descriptor_, -1)) == 0; }

 private:
  int descriptor_;
};

/// Writes everything or fails; interrupted and short writes are continued. errno says why.
bool write_all(int descriptor, std::string_view content);

/// The error for a failed system call on `file`, with what to do about the usual reasons.
tl::unexpected<Error> write_failure(const std::filesystem::path& file, int error_number);

}  // namespace turngreen::report
