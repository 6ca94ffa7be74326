#pragma once

#include <cstddef>
#include <memory>
#include <string_view>

#include "byte_stream.h"
#include "turngreen/units/result.h"

namespace turngreen::data {

/// The part of a text file that lies in memory: as much as its reader has asked for and not yet
/// taken.
class TextWindow {
 public:
  /// Passes over a byte order mark. Error: reading failed; the file is UTF-16.
  static Result<TextWindow> open(std::unique_ptr<ByteStream> stream);

  /// What has not been taken. kPadding bytes behind it may be read, whatever they hold. Valid until
  /// grow().
  std::string_view rest() const { return {buffer_.get() + begin_, end_ - begin_}; }
  bool is_whole() const { return is_whole_; }  ///< nothing follows rest()
  void take(std::size_t bytes) { begin_ += bytes; }
  /// Makes rest() longer, at least twice as long as it is where the file is; is_whole() then, where
  /// it is not.
  Result<void> grow();

  const InputFile& file() const { return stream_->file(); }

  static constexpr std::size_t kPadding = 64;  ///< as simdjson wants it

 private:
  explicit TextWindow(std::unique_ptr<ByteStream> stream);

  std::unique_ptr<ByteStream> stream_;
  std::size_t capacity_;  ///< padding not counted
  std::unique_ptr<char[]> buffer_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  bool is_whole_ = false;
};

}  // namespace turngreen::data
