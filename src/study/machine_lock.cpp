#include "turngreen/study/machine_lock.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <thread>

namespace turngreen::study {
namespace {

namespace fs = std::filesystem;
using Places = std::vector<fs::path>;

constexpr const char* kName = "turngreen-measuring.lock";
constexpr auto kPoll = std::chrono::milliseconds(20);
/// No link is followed and no pipe waited for: anybody may have put them there.
constexpr int kOpening = O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK;

tl::unexpected<Error> unusable(const fs::path& file, int reason) {
  return fail(
      reason == EACCES || reason == EPERM ? Error::Kind::no_permission : Error::Kind::io,
      fmt::format("the lock that keeps measured runs apart, {}, cannot be used: {}; whoever "
                  "made it should delete it, or make it readable for all",
                  file.string(), std::strerror(reason)));
}

Result<int> checked(int file, const fs::path& path) {
  struct stat status {};
  if (::fstat(file, &status) == 0 && S_ISREG(status.st_mode)) return file;
  ::close(file);
  return unusable(path, EINVAL);
}

/// Without O_CREAT: in directories that all may write into, the kernel keeps that from files of
/// others (fs.protected_regular).
Result<int> open_existing(const fs::path& path) {
  const int file = ::open(path.c_str(), kOpening);
  return file >= 0 ? checked(file, path) : Result<int>(unusable(path, errno));
}

Result<int> open_lock(const Places& places) {
  // Whoever may not write into the first place may have made it in another: looked for in all
  // before it is made in one.
  struct stat status {};
  for (const auto& place : places) {
    if (::lstat((place / kName).c_str(), &status) == 0) return open_existing(place / kName);
  }
  std::string tried;
  for (const auto& place : places) {
    const fs::path path = place / kName;
    const int file = ::open(path.c_str(), kOpening | O_CREAT | O_EXCL, 0666);
    if (file >= 0) {
      (void)::fchmod(file, 0666);  // the process's mask may have taken the right of others
      return file;
    }
    if (errno == EEXIST) return open_existing(path);
    tried +=
        fmt::format("{}{}: {}", tried.empty() ? "" : "; ", place.string(), std::strerror(errno));
  }
  return fail(Error::Kind::no_permission,
              fmt::format("the lock that keeps measured runs apart can be made nowhere ({}); set "
                          "TMPDIR to a directory that you may write",
                          tried));
}

/// Somebody may have cleared the directory between opening and locking.
bool still_there(int file, const Places& places) {
  struct stat ours {};
  if (::fstat(file, &ours) != 0) return false;
  for (const auto& place : places) {
    struct stat theirs {};
    if (::lstat((place / kName).c_str(), &theirs) != 0) continue;
    return ours.st_dev == theirs.st_dev && ours.st_ino == theirs.st_ino;
  }
  return false;
}

}  // namespace

Places MachineLock::usual_places() {
  Places found{"/run/lock", "/dev/shm"};
  std::error_code none;
  if (auto own = fs::temp_directory_path(none); !none) found.push_back(std::move(own));
  return found;
}

Result<std::optional<MachineLock>> MachineLock::acquire_while(const std::function<bool()>& go_on,
                                                              const Places& places) {
  while (true) {
    const auto file = open_lock(places);
    if (!file) return tl::unexpected(file.error());
    MachineLock lock(*file);
    while (::flock(lock.file_, LOCK_EX | LOCK_NB) != 0) {
      if (errno != EWOULDBLOCK && errno != EINTR) return unusable(kName, errno);
      if (go_on && !go_on()) return std::nullopt;
      std::this_thread::sleep_for(kPoll);
    }
    if (still_there(lock.file_, places)) return lock;
  }
}

Result<MachineLock> MachineLock::acquire(const std::function<void()>& waiting,
                                         const Places& places) {
  auto lock = acquire_while(
      [&] {
        if (waiting) waiting();
        return true;
      },
      places);
  if (!lock) return tl::unexpected(lock.error());
  return **std::move(lock);
}

MachineLock::~MachineLock() {
  if (file_ >= 0) ::close(file_);
}

}  // namespace turngreen::study
