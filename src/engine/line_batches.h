#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "turngreen/units/result.h"

namespace turngreen::engine {

/// Lines of a file that lie in memory together.
struct LineBatch {
  std::uint64_t first_line = 1;
  std::vector<std::string_view> lines;  ///< without their line ends; valid until the next batch
};

/// Reads a file of lines piece by piece: memory is bounded by the size of a batch, or the longest
/// line.
class LineBatches {
 public:
  /// "-" is standard input. Error: not there, a folder, no permission.
  static Result<LineBatches> open(const std::string& file);
  LineBatches(LineBatches&& other) noexcept;
  LineBatches& operator=(LineBatches&&) = delete;
  ~LineBatches();

  /// Whole lines of some `bytes` together; none at the end. Error: reading failed, or a line is
  /// longer than kLongestLine.
  Result<LineBatch> next(std::size_t bytes);

  std::uint64_t bytes_read() const { return bytes_read_; }
  /// Of the whole file; 0 where that is not known.
  std::uint64_t bytes_in_all() const { return bytes_in_all_; }

  static constexpr std::size_t kLongestLine = std::size_t{256} << 20;

 private:
  LineBatches(std::string file, int descriptor, std::uint64_t bytes_in_all);
  Result<void> fill(std::size_t wanted);

  std::string file_;
  int descriptor_;
  std::uint64_t bytes_in_all_;
  std::uint64_t bytes_read_ = 0;
  std::uint64_t next_line_ = 1;
  std::string buffer_;
  std::size_t used_ = 0;  ///< bytes at the beginning of the buffer that were handed out
  bool at_end_ = false;
};

}  // namespace turngreen::engine
