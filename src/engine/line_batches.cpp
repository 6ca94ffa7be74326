#include "line_batches.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace turngreen::engine {
namespace {

tl::unexpected<Error> read_failure(const std::string& file, int reason) {
  const auto kind = reason == ENOENT   ? Error::Kind::not_found
                    : reason == EACCES ? Error::Kind::no_permission
                                       : Error::Kind::io;
  return fail(kind, fmt::format("{}: cannot be read: {}", file, std::strerror(reason)));
}

}  // namespace

LineBatches::LineBatches(std::string file, int descriptor, std::uint64_t bytes_in_all)
    : file_(std::move(file)), descriptor_(descriptor), bytes_in_all_(bytes_in_all) {}

LineBatches::LineBatches(LineBatches&& other) noexcept
    : file_(std::move(other.file_)),
      descriptor_(std::exchange(other.descriptor_, -1)),
      bytes_in_all_(other.bytes_in_all_),
      bytes_read_(other.bytes_read_),
      next_line_(other.next_line_),
      buffer_(std::move(other.buffer_)),
      used_(other.used_),
      at_end_(other.at_end_) {}

LineBatches::~LineBatches() {
  if (descriptor_ > STDIN_FILENO) ::close(descriptor_);
}

Result<LineBatches> LineBatches::open(const std::string& file) {
  const bool is_standard = file == "-";
  const int descriptor = is_standard ? STDIN_FILENO : ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return read_failure(file, errno);
  struct stat status {};
  const bool known = ::fstat(descriptor, &status) == 0;
  LineBatches batches(
      is_standard ? "standard input" : file, descriptor,
      known && S_ISREG(status.st_mode) ? static_cast<std::uint64_t>(status.st_size) : 0);
  if (known && S_ISDIR(status.st_mode)) return read_failure(file, EISDIR);
  return batches;
}

Result<void> LineBatches::fill(std::size_t wanted) {
  while (!at_end_ && buffer_.size() < wanted) {
    const std::size_t before = buffer_.size();
    buffer_.resize(wanted);
    ssize_t got = 0;
    do got = ::read(descriptor_, buffer_.data() + before, wanted - before);
    while (got < 0 && errno == EINTR);
    const int reason = errno;
    buffer_.resize(before + (got > 0 ? static_cast<std::size_t>(got) : 0));
    if (got < 0) return read_failure(file_, reason);
    at_end_ = got == 0;
    bytes_read_ += static_cast<std::uint64_t>(got);
  }
  return {};
}

Result<LineBatch> LineBatches::next(std::size_t bytes) {
  buffer_.erase(0, used_);
  used_ = 0;
  std::size_t end = std::string::npos;
  for (std::size_t wanted = bytes;; wanted *= 2) {
    if (const auto filled = fill(wanted); !filled) return tl::unexpected<Error>(filled.error());
    end = buffer_.rfind('\n');
    if (end != std::string::npos || at_end_) break;
    if (buffer_.size() >= kLongestLine) {
      return fail(Error::Kind::unsupported,
                  fmt::format("{}:{}: a line of more than {} bytes; is this JSON Lines?", file_,
                              next_line_, kLongestLine));
    }
  }
  used_ = at_end_ ? buffer_.size() : end + 1;
  LineBatch batch{next_line_, {}};
  for (std::size_t at = 0; at < used_;) {
    const std::size_t newline = std::min(buffer_.find('\n', at), used_);
    std::string_view line(buffer_.data() + at, newline - at);
    if (line.ends_with('\r')) line.remove_suffix(1);
    batch.lines.push_back(line);
    at = newline + 1;
  }
  next_line_ += batch.lines.size();
  return batch;
}

}  // namespace turngreen::engine
