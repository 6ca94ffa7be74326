#include "turngreen/engine/files/output_folder.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <random>
#include <utility>

#include "write_failure.h"

namespace turngreen::files {
namespace {

namespace fs = std::filesystem;

constexpr int kNameAttempts = 16;

/// Without links and dots, so that it has a name and a parent.
fs::path place_of(const fs::path& folder) {
  std::error_code error;
  fs::path place = fs::weakly_canonical(fs::absolute(folder, error), error);
  if (error || place.empty()) place = folder;
  return place.has_filename() ? place : place.parent_path();
}

bool is_one_folder(const struct stat& a, const struct stat& b) {
  return a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

/// Why the folder that is there cannot be exchanged for another; empty where it can.
std::string_view obstacle_of(const fs::path& place) {
  struct stat its {};
  struct stat other {};
  if (::stat(place.c_str(), &its) != 0) return "";
  if (!S_ISDIR(its.st_mode)) return "is no folder; name another place";
  if (::stat(".", &other) == 0 && is_one_folder(its, other)) {
    return "is the working folder, which cannot be replaced; name a folder in it";
  }
  if (::stat(place.parent_path().c_str(), &other) == 0 &&
      (its.st_dev != other.st_dev || is_one_folder(its, other))) {
    return "is a mount point, which cannot be replaced; name a folder in it";
  }
  return "";
}

/// Renames, links and removals in a folder outlast a power cut only once it is flushed itself.
void flush(const fs::path& folder) {
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return;
  (void)::fsync(descriptor);
  ::close(descriptor);
}

fs::path sibling_of(const fs::path& place) {
  std::random_device random;
  return place.parent_path() / fmt::format(".turngreen-{:08x}.tmp", random());
}

}  // namespace

OutputFolder::OutputFolder(fs::path folder, fs::path temporary)
    : folder_(std::move(folder)), temporary_(std::move(temporary)) {}

OutputFolder::OutputFolder(OutputFolder&& other) noexcept
    : folder_(std::move(other.folder_)), temporary_(std::exchange(other.temporary_, {})) {}

OutputFolder::~OutputFolder() {
  std::error_code ignored;
  if (!temporary_.empty()) fs::remove_all(temporary_, ignored);
}

Result<OutputFolder> OutputFolder::create(const fs::path& folder) {
  const fs::path place = place_of(folder);
  if (const auto obstacle = obstacle_of(place); !obstacle.empty()) {
    return fail(Error::Kind::invalid_input, fmt::format("{}: {}", folder.string(), obstacle));
  }
  std::error_code error;
  fs::create_directories(place.parent_path(), error);
  if (error) return write_failure(folder, error.value());
  for (int attempt = 0; attempt < kNameAttempts; ++attempt) {
    fs::path temporary = sibling_of(place);
    if (::mkdir(temporary.c_str(), 0777) == 0) return OutputFolder(place, std::move(temporary));
    if (errno != EEXIST) return write_failure(folder, errno);
  }
  return write_failure(folder, EEXIST);
}

Result<void> OutputFolder::exchange() const {
  const char* made = temporary_.c_str();
  if (::renameat2(AT_FDCWD, made, AT_FDCWD, folder_.c_str(), RENAME_EXCHANGE) == 0) return {};
  if (errno != EINVAL && errno != ENOSYS) return write_failure(folder_, errno);
  const fs::path before = sibling_of(folder_);  // a file system that cannot exchange
  if (::rename(folder_.c_str(), before.c_str()) != 0) return write_failure(folder_, errno);
  if (::rename(made, folder_.c_str()) != 0) {
    const int reason = errno;
    (void)::rename(before.c_str(), folder_.c_str());
    return write_failure(folder_, reason);
  }
  if (::rename(before.c_str(), made) != 0) return write_failure(before, errno);
  return {};
}

Result<void> OutputFolder::finish(const std::function<bool(std::string_view)>& stays) {
  flush(temporary_);
  struct stat status {};
  const bool is_there = ::stat(folder_.c_str(), &status) == 0;
  if (!is_there) {
    if (::rename(temporary_.c_str(), folder_.c_str()) != 0) return write_failure(folder_, errno);
    temporary_.clear();
    flush(folder_.parent_path());
    return {};
  }
  (void)::chmod(temporary_.c_str(), status.st_mode & 07777);
  if (auto exchanged = exchange(); !exchanged) return exchanged;
  // Whole from here on. What is at `temporary_` now was there before.
  const fs::path before = std::exchange(temporary_, {});
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(before, error)) {
    const fs::path name = entry.path().filename();
    if (!stays(name.string()) || ::access((folder_ / name).c_str(), F_OK) == 0) continue;
    // What cannot be moved is not lost: the folder it is in stays then.
    if (::rename(entry.path().c_str(), (folder_ / name).c_str()) != 0) {
      return write_failure(folder_ / name, errno);
    }
  }
  if (!error) fs::remove_all(before, error);
  flush(folder_.parent_path());
  return {};
}

Error OutputFolder::in_place(Error error) const {
  const std::string ours = temporary_.string();
  const std::size_t at = error.message.find(ours);
  if (!ours.empty() && at != std::string::npos) {
    error.message.replace(at, ours.size(), folder_.string());
  }
  return error;
}

}  // namespace turngreen::files
