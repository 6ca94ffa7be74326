#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "turngreen/energy/sensor.h"
#include "turngreen/units/result.h"

namespace turngreen::energy {

/// One attribute of /sys, kept open and read again and again, by one thread at a time. Move-only;
/// reading allocates nothing.
class SysfsFile {
 public:
  enum class State : std::uint8_t {
    ok,
    missing,  ///< gone, or its driver answered with an error
    denied,   ///< no right to read it
    garbage,  ///< it holds something else than was asked for
  };
  struct Text {
    State state = State::missing;
    std::string_view text;  ///< within the caller's buffer; trailing blanks and newlines removed
  };
  struct Number {
    State state = State::missing;
    std::uint64_t value = 0;
    Reading reading() const;
  };

  /// Refuses what is not a regular file: opening must not wait (a pipe), reading must end (a
  /// device).
  static Result<SysfsFile> open(const std::filesystem::path& path);
  SysfsFile(SysfsFile&& other) noexcept : fd_(std::exchange(other.fd_, -1)), last_(other.last_) {}
  SysfsFile& operator=(SysfsFile&& other) noexcept {
    std::swap(fd_, other.fd_);
    std::swap(last_, other.last_);
    return *this;
  }
  ~SysfsFile();

  /// A text that fills the whole buffer is garbage: it may have been cut.
  Text read_text(std::span<char> buffer) const noexcept;
  /// A whole number without sign.
  Number read_number() const noexcept;

 private:
  explicit SysfsFile(int fd) : fd_(fd) {}
  Text contents(std::span<char> buffer) const noexcept;
  bool gone() const noexcept;

  int fd_ = -1;
  mutable std::optional<std::uint64_t> last_;  // the number read last
};

/// Digits only, up to 2^64 - 1.
std::optional<std::uint64_t> parse_number(std::string_view text);
/// The state in which an errno leaves a reading.
SysfsFile::State state_of_errno(int error);

/// The contents of a small attribute: opens, reads, closes. At most 255 printable characters.
Result<std::string> read_attribute(const std::filesystem::path& path);
std::optional<std::uint64_t> read_number_attribute(const std::filesystem::path& path);

}  // namespace turngreen::energy
