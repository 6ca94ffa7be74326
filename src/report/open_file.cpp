#include "open_file.h"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>

namespace turngreen::report {
namespace {

std::string_view remedy(int error_number) {
  switch (error_number) {
    case ENOSPC:
    case EDQUOT:
      return "free some space or choose another place";
    case EROFS:
      return "the file system is mounted read-only: choose another place";
    case EACCES:
    case EPERM:
      return "choose a place that you may write to";
    case ENOENT:
    case ENOTDIR:
      return "make the directory first, or correct the path";
    case EISDIR:
      return "name a file, not a directory";
    default:
      return "choose another place";
  }
}

Error::Kind kind_of(int error_number) {
  switch (error_number) {
    case EACCES:
    case EPERM:
    case EROFS:
      return Error::Kind::no_permission;
    case ENOENT:
    case ENOTDIR:
      return Error::Kind::not_found;
    default:
      return Error::Kind::io;
  }
}

}  // namespace

bool write_all(int descriptor, std::string_view content) {
  while (!content.empty()) {
    const ssize_t written = ::write(descriptor, content.data(), content.size());
    if (written < 0) {
      if (errno == EINTR) continue;
      return false;
    }
    content.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

tl::unexpected<Error> write_failure(const std::filesystem::path& file, int error_number) {
  return fail(kind_of(error_number),
              fmt::format("cannot write {}: {}; {}", file.string(), std::strerror(error_number),
                          remedy(error_number)));
}

}  // namespace turngreen::report
