#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "input_file.h"
#include "turngreen/units/result.h"

namespace turngreen::data {

enum class Compression : std::uint8_t {
  by_content,  ///< gzip or zstd where the first bytes are theirs, else none
  gzip,
  zstd
};

/// The bytes of a file, decompressed.
class ByteStream {
 public:
  explicit ByteStream(InputFile file) : file_(std::move(file)) {}
  ByteStream(const ByteStream&) = delete;
  ByteStream& operator=(const ByteStream&) = delete;
  virtual ~ByteStream() = default;

  /// Fills the beginning of `into`. How many bytes; 0 at the end, and only there. Error: reading
  /// failed; the compressed data are damaged or cut short.
  virtual Result<std::size_t> read(std::span<char> into) = 0;
  const InputFile& file() const { return file_; }

 protected:
  InputFile file_;
};

Result<std::unique_ptr<ByteStream>> open_byte_stream(const std::string& file,
                                                     Compression compression);

}  // namespace turngreen::data
