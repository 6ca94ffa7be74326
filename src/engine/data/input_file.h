#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "turngreen/units/result.h"

namespace turngreen::data {

/// A file that is read front to back.
class InputFile {
 public:
  /// "-" is standard input. Error: not there, a folder, no permission.
  static Result<InputFile> open(const std::string& file);
  InputFile(InputFile&& other) noexcept;
  InputFile& operator=(InputFile&&) = delete;
  ~InputFile();

  /// The first four bytes, or as many as there are. Before the first read().
  Result<std::string_view> head();
  /// Fills the beginning of `into`. How many bytes; 0 at the end, and only there.
  Result<std::size_t> read(std::span<char> into);

  const std::string& name() const { return name_; }  ///< for messages
  std::uint64_t bytes_read() const { return bytes_read_; }
  std::uint64_t bytes_in_all() const { return bytes_in_all_; }  ///< 0 where that is not known

 private:
  InputFile(std::string name, int descriptor, std::uint64_t bytes_in_all);

  std::string name_;
  int descriptor_;
  std::uint64_t bytes_in_all_;
  std::uint64_t bytes_read_ = 0;
  std::string head_;  ///< read ahead
};

}  // namespace turngreen::data
