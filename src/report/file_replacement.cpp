#include "turngreen/report/file_replacement.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstdio>
#include <optional>
#include <random>
#include <system_error>

#include "open_file.h"

namespace turngreen::report {
namespace {

namespace fs = std::filesystem;

constexpr int kNameAttempts = 16;

/// A new file beside its final place, removed unless it has been renamed.
class TemporaryFile {
 public:
  static Result<TemporaryFile> create_beside(const fs::path& target) {
    std::random_device random;
    for (int attempt = 0; attempt < kNameAttempts; ++attempt) {
      fs::path path = target;
      path.replace_filename(fmt::format(".turngreen-{:08x}.tmp", random()));
      OpenFile file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666));
      if (file) return TemporaryFile(std::move(path), std::move(file));
      if (errno != EEXIST) return write_failure(target, errno);
    }
    return write_failure(target, EEXIST);
  }
  TemporaryFile(TemporaryFile&& other) noexcept
      : path_(std::exchange(other.path_, {})), file_(std::move(other.file_)) {}
  TemporaryFile& operator=(TemporaryFile&&) = delete;
  ~TemporaryFile() {
    if (!path_.empty()) ::unlink(path_.c_str());
  }

  int descriptor() const { return file_.get(); }
  /// False with errno set when the content did not reach the disk or the place.
  bool rename_to(const fs::path& target) {
    if (::fsync(file_.get()) != 0 || !file_.close()) return false;
    if (::rename(path_.c_str(), target.c_str()) != 0) return false;
    path_.clear();
    return true;
  }

 private:
  TemporaryFile(fs::path path, OpenFile file) : path_(std::move(path)), file_(std::move(file)) {}
  fs::path path_;
  OpenFile file_;
};

/// Why `target`, being there already, may not be written; 0 when it may.
int refusal(const fs::path& target, const struct stat& status) {
  if (S_ISDIR(status.st_mode)) return EISDIR;
  return ::access(target.c_str(), W_OK) == 0 ? 0 : errno;
}

/// Where the bytes go: links followed, so that a link to the file survives.
fs::path final_place(const fs::path& file) {
  std::error_code ignored;
  fs::path resolved = fs::weakly_canonical(file, ignored);
  return ignored || resolved.empty() ? file : resolved;
}

std::optional<struct stat> existing(const fs::path& file) {
  struct stat status {};
  if (::stat(file.c_str(), &status) != 0) return std::nullopt;
  return status;
}

Result<void> write_directly(const fs::path& file, std::string_view content) {
  OpenFile device(::open(file.c_str(), O_WRONLY | O_NOCTTY | O_CLOEXEC));
  if (!device || !write_all(device.get(), content) || !device.close()) {
    return write_failure(file, errno);
  }
  return {};
}

}  // namespace

Result<void> replace_file(const fs::path& file, std::string_view content) {
  const fs::path target = final_place(file);
  const auto before = existing(target);
  if (before) {
    if (const int reason = refusal(target, *before)) return write_failure(file, reason);
    if (!S_ISREG(before->st_mode)) return write_directly(file, content);
  }

  auto temporary = TemporaryFile::create_beside(target);
  if (!temporary) return tl::unexpected<Error>(temporary.error());
  if (before) (void)::fchmod(temporary->descriptor(), before->st_mode & 07777);
  if (!write_all(temporary->descriptor(), content) || !temporary->rename_to(target)) {
    return write_failure(file, errno);
  }
  return {};
}

Result<void> check_writable(const fs::path& file) {
  const fs::path target = final_place(file);
  const auto before = existing(target);
  if (before) {
    if (const int reason = refusal(target, *before)) return write_failure(file, reason);
    if (!S_ISREG(before->st_mode)) return {};
  }
  if (!target.has_filename()) return write_failure(file, EISDIR);
  const auto temporary = TemporaryFile::create_beside(target);
  if (!temporary) return tl::unexpected<Error>(temporary.error());
  return {};
}

}  // namespace turngreen::report
