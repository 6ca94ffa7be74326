#include "write_failure.h"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>

namespace turngreen::files {
namespace {

std::string_view mend(int reason) {
  switch (reason) {
    case ENOENT:
      return "; make the folder first";
    case ENOSPC:
    case EDQUOT:
      return "; free some space or choose another place";
    case EFBIG:
      return "; raise the limit on the size of files (ulimit -f)";
    case EACCES:
    case EPERM:
    case EROFS:
      return "; choose a place that you may write to";
    case EBUSY:
      return "; it may be a mount point: name a folder in it";
    case EISDIR:
      return "; name a file in it";
    default:
      return "";
  }
}

}  // namespace

tl::unexpected<Error> write_failure(const std::filesystem::path& file, int reason) {
  const bool is_denied = reason == EACCES || reason == EPERM || reason == EROFS;
  return fail(is_denied ? Error::Kind::no_permission : Error::Kind::io,
              fmt::format("{}: cannot be written: {}{}", file.string(), std::strerror(reason),
                          mend(reason)));
}

}  // namespace turngreen::files
