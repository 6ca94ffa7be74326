#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "descriptor.h"
#include "turngreen/units/result.h"

namespace turngreen::pipeline {

inline constexpr std::uint64_t kMostLogged = 16U << 20U;        ///< bytes
inline constexpr std::size_t kMostTail = 64U << 10U;            ///< bytes
inline constexpr std::size_t kLongestSearchedLine = 4U << 10U;  ///< bytes

/// Takes what a command prints: the first 16 MB go to a file, the last 64 KB are kept, the lines
/// are shown to whoever looks for something in them. Memory and disk are bounded whatever is
/// printed. Move-only.
class OutputCapture {
 public:
  /// Gets each line, cut after 4 KB. Must not throw.
  using LineReader = std::function<void(std::string_view)>;

  /// The log is written anew. Error: it cannot be made.
  static Result<OutputCapture> open(const std::filesystem::path& log, LineReader line = {});

  /// The pipe's writing end, for the child.
  int child_end() const { return writer_.number(); }
  void close_child_end() { writer_.close(); }
  /// Readable when something was printed; -1: all writers have closed it.
  int descriptor() const { return reader_.number(); }

  /// Takes some of what was printed, in bounded time.
  void receive();
  /// Takes what had been printed until now, and the unfinished line; a writer that never stops
  /// cannot hold it.
  void finish();

  std::uint64_t bytes() const { return bytes_; }
  /// The last whole lines, at most `most` bytes, as UTF-8 whatever was printed.
  std::string tail(std::size_t most) const;

 private:
  OutputCapture() = default;
  bool read_some();
  void keep(std::string_view printed);
  void log(std::string_view printed);
  void cut_lines(std::string_view printed);

  Descriptor reader_, writer_, log_;
  LineReader line_;
  std::vector<char> buffer_;
  std::string tail_;
  std::string open_line_;
  std::uint64_t bytes_ = 0;
};

}  // namespace turngreen::pipeline
