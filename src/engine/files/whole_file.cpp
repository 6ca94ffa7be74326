#include "turngreen/engine/files/whole_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace turngreen::files {
namespace {

tl::unexpected<Error> read_failure(const std::filesystem::path& file, int reason) {
  const auto kind = reason == ENOENT   ? Error::Kind::not_found
                    : reason == EACCES ? Error::Kind::no_permission
                                       : Error::Kind::io;
  return fail(kind, fmt::format("{}: cannot be read: {}", file.string(), std::strerror(reason)));
}

/// Until the end, or until there is more than `limit`. Gives errno where it fails.
int read_all(int descriptor, std::uint64_t limit, std::string& contents) {
  constexpr std::size_t kStep = 1U << 16;
  std::size_t used = 0;
  while (used <= limit) {
    if (used == contents.size()) contents.resize(used + kStep);
    const ssize_t size = ::read(descriptor, contents.data() + used, contents.size() - used);
    if (size < 0 && errno == EINTR) continue;
    if (size < 0) return errno;
    if (size == 0) break;
    used += static_cast<std::size_t>(size);
  }
  contents.resize(used);
  return 0;
}

}  // namespace

Result<std::string> read_whole_file(const std::filesystem::path& file, std::uint64_t limit) {
  const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  if (descriptor < 0) return read_failure(file, errno);
  struct stat status {};
  int failure = ::fstat(descriptor, &status) != 0 ? errno : 0;
  const bool is_regular = S_ISREG(status.st_mode);
  const auto size = static_cast<std::uint64_t>(std::max<off_t>(status.st_size, 0));
  std::string contents;
  if (failure == 0 && is_regular && size <= limit) {
    contents.resize(static_cast<std::size_t>(size) + 1);  // room to see the end
    failure = read_all(descriptor, limit, contents);
  }
  ::close(descriptor);
  if (failure != 0) return read_failure(file, failure);
  if (!is_regular) {
    return fail(Error::Kind::invalid_input,
                fmt::format("{}: this is no regular file", file.string()));
  }
  if (size > limit || contents.size() > limit) {
    return fail(Error::Kind::invalid_input,
                fmt::format("{}: {} bytes, where {} are the most", file.string(),
                            std::max<std::uint64_t>(size, contents.size()), limit));
  }
  return contents;
}

}  // namespace turngreen::files
