#include "sysfs_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <system_error>

#include <fmt/format.h>

namespace turngreen::energy {
namespace {

Error::Kind kind_of_errno(int error) {
  switch (error) {
    case ENOENT:
    case ENOTDIR:
    case ENODEV:
    case ENXIO:
    case ELOOP:
      return Error::Kind::not_found;
    case EACCES:
    case EPERM:
      return Error::Kind::no_permission;
    default:
      return Error::Kind::io;
  }
}

std::string_view without_trailing_blanks(std::string_view text) {
  const auto last = text.find_last_not_of(" \t\r\n");
  return text.substr(0, last == std::string_view::npos ? 0 : last + 1);
}

}  // namespace

SysfsFile::State state_of_errno(int error) {
  return kind_of_errno(error) == Error::Kind::no_permission ? SysfsFile::State::denied
                                                            : SysfsFile::State::missing;
}

Reading SysfsFile::Number::reading() const {
  switch (state) {
    case State::ok:
      return Reading::of(value);
    case State::denied:
      return Reading::denied();
    case State::missing:
    case State::garbage:
      break;
  }
  return Reading::missing();
}

Result<SysfsFile> SysfsFile::open(const std::filesystem::path& path) {
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  if (fd < 0) {
    const int error = errno;
    return fail(kind_of_errno(error), fmt::format("cannot open {}: {}", path.string(),
                                                  std::generic_category().message(error)));
  }
  SysfsFile file(fd);
  struct stat status {};
  if (::fstat(fd, &status) != 0 || !S_ISREG(status.st_mode))
    return fail(Error::Kind::invalid_input, fmt::format("{} is not a file", path.string()));
  return file;
}

SysfsFile::~SysfsFile() {
  if (fd_ >= 0) ::close(fd_);
}

bool SysfsFile::gone() const noexcept {
  // The kernel answers for a removed device with ENODEV; an ordinary file system goes on showing
  // the last contents of a removed file.
  struct stat status {};
  return ::fstat(fd_, &status) != 0 || status.st_nlink == 0;
}

SysfsFile::Text SysfsFile::contents(std::span<char> buffer) const noexcept {
  ssize_t size = 0;
  do {
    size = ::pread(fd_, buffer.data(), buffer.size(), 0);
  } while (size < 0 && errno == EINTR);
  if (size < 0) return {state_of_errno(errno), {}};
  if (static_cast<std::size_t>(size) == buffer.size()) return {State::garbage, {}};
  return {State::ok, without_trailing_blanks({buffer.data(), static_cast<std::size_t>(size)})};
}

SysfsFile::Text SysfsFile::read_text(std::span<char> buffer) const noexcept {
  if (gone()) return {};
  return contents(buffer);
}

SysfsFile::Number SysfsFile::read_number() const noexcept {
  std::array<char, 64> buffer;
  const Text text = contents(buffer);
  const auto value = text.state == State::ok ? parse_number(text.text) : std::nullopt;
  // What shows a new number is there: only one that stands still needs asking.
  const bool moved = value && last_ && *value != *last_;
  last_ = value;
  if (!moved && gone()) return {};
  if (text.state != State::ok) return {text.state, 0};
  return value ? Number{State::ok, *value} : Number{State::garbage, 0};
}

std::optional<std::uint64_t> parse_number(std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

Result<std::string> read_attribute(const std::filesystem::path& path) {
  const auto file = SysfsFile::open(path);
  if (!file) return tl::unexpected<Error>(file.error());
  std::array<char, 256> buffer;
  const SysfsFile::Text text = file->read_text(buffer);
  switch (text.state) {
    case SysfsFile::State::ok:
      break;
    case SysfsFile::State::missing:
      return fail(Error::Kind::not_found, fmt::format("{} cannot be read", path.string()));
    case SysfsFile::State::denied:
      return fail(Error::Kind::no_permission, fmt::format("{} may not be read", path.string()));
    case SysfsFile::State::garbage:
      return fail(Error::Kind::invalid_input,
                  fmt::format("{} holds more than 255 characters", path.string()));
  }
  const bool printable =
      std::all_of(text.text.begin(), text.text.end(), [](char c) { return c >= ' ' && c <= '~'; });
  if (!printable)
    return fail(Error::Kind::invalid_input,
                fmt::format("{} holds characters that are not printable", path.string()));
  return std::string(text.text);
}

std::optional<std::uint64_t> read_number_attribute(const std::filesystem::path& path) {
  const auto file = SysfsFile::open(path);
  if (!file) return std::nullopt;
  const SysfsFile::Number number = file->read_number();
  if (number.state != SysfsFile::State::ok) return std::nullopt;
  return number.value;
}

}  // namespace turngreen::energy
