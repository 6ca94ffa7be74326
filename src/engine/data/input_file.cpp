#include "input_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

namespace turngreen::data {
namespace {

constexpr std::size_t kHead = 4;

tl::unexpected<Error> read_failure(const std::string& file, int reason) {
  const auto kind = reason == ENOENT   ? Error::Kind::not_found
                    : reason == EACCES ? Error::Kind::no_permission
                                       : Error::Kind::io;
  return fail(kind, fmt::format("{}: cannot be read: {}", file, std::strerror(reason)));
}

}  // namespace

InputFile::InputFile(std::string name, int descriptor, std::uint64_t bytes_in_all)
    : name_(std::move(name)), descriptor_(descriptor), bytes_in_all_(bytes_in_all) {}

InputFile::InputFile(InputFile&& other) noexcept
    : name_(std::move(other.name_)),
      descriptor_(std::exchange(other.descriptor_, -1)),
      bytes_in_all_(other.bytes_in_all_),
      bytes_read_(other.bytes_read_),
      head_(std::move(other.head_)) {}

InputFile::~InputFile() {
  if (descriptor_ > STDIN_FILENO) ::close(descriptor_);
}

Result<InputFile> InputFile::open(const std::string& file) {
  const bool is_standard = file == "-";
  const int descriptor = is_standard ? STDIN_FILENO : ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return read_failure(file, errno);
  struct stat status {};
  const bool known = ::fstat(descriptor, &status) == 0;
  InputFile input(
      is_standard ? "standard input" : file, descriptor,
      known && S_ISREG(status.st_mode) ? static_cast<std::uint64_t>(status.st_size) : 0);
  if (known && S_ISDIR(status.st_mode)) return read_failure(file, EISDIR);
  return input;
}

Result<std::string_view> InputFile::head() {
  std::string begin(kHead, '\0');
  std::size_t size = 0;
  while (size < kHead) {
    const auto got = read(std::span(begin).subspan(size));
    if (!got) return tl::unexpected<Error>(got.error());
    if (*got == 0) break;
    size += *got;
  }
  begin.resize(size);
  bytes_read_ -= size;
  head_ = std::move(begin);
  return head_;
}

Result<std::size_t> InputFile::read(std::span<char> into) {
  if (!head_.empty()) {
    const std::size_t size = std::min(into.size(), head_.size());
    std::copy_n(head_.begin(), size, into.begin());
    head_.erase(0, size);
    bytes_read_ += size;
    return size;
  }
  ssize_t got = 0;
  do got = ::read(descriptor_, into.data(), into.size());
  while (got < 0 && errno == EINTR);
  if (got < 0) return read_failure(name_, errno);
  bytes_read_ += static_cast<std::uint64_t>(got);
  return static_cast<std::size_t>(got);
}

}  // namespace turngreen::data
