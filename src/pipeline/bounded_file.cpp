#include "turngreen/pipeline/bounded_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "descriptor.h"

namespace turngreen::pipeline {

Result<std::string> read_bounded_file(const std::filesystem::path& file, std::uint64_t limit) {
  const auto cannot = [&](Error::Kind kind, std::string_view why) {
    return fail(kind, fmt::format("cannot read {}: {}", file.string(), why));
  };
  const Descriptor descriptor(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
  if (!descriptor.is_open()) {
    const auto kind = errno == ENOENT   ? Error::Kind::not_found
                      : errno == EACCES ? Error::Kind::no_permission
                                        : Error::Kind::io;
    return cannot(kind, std::strerror(errno));
  }
  struct stat status {};
  if (::fstat(descriptor.number(), &status) != 0) {
    return cannot(Error::Kind::io, std::strerror(errno));
  }
  if (!S_ISREG(status.st_mode)) return cannot(Error::Kind::invalid_input, "it is no plain file");
  const auto too_large = [&](std::uint64_t size) {
    return cannot(Error::Kind::invalid_input,
                  fmt::format("it has {} bytes or more; at most {} are read", size, limit));
  };
  const auto told = static_cast<std::uint64_t>(status.st_size);
  if (told > limit) return too_large(told);

  // It may grow while it is read.
  std::string contents;
  constexpr std::size_t kStep = 65536;
  contents.resize(std::max<std::size_t>(told + 1, kStep));
  std::size_t used = 0;
  while (true) {
    if (used == contents.size()) contents.resize(used + kStep);
    const ssize_t size =
        ::read(descriptor.number(), contents.data() + used, contents.size() - used);
    if (size < 0 && errno == EINTR) continue;
    if (size < 0) return cannot(Error::Kind::io, std::strerror(errno));
    if (size == 0) break;
    used += static_cast<std::size_t>(size);
    if (used > limit) return too_large(used);
  }
  contents.resize(used);
  return contents;
}

}  // namespace turngreen::pipeline
