#pragma once

#include <memory>
#include <vector>

#include "byte_stream.h"

namespace turngreen::data {

/// zstd (RFC 8878), of one frame or several in a row.
class ZstdStream final : public ByteStream {
 public:
  explicit ZstdStream(InputFile file);
  ~ZstdStream() override;
  Result<std::size_t> read(std::span<char> into) override;

 private:
  struct Decompressor;

  std::unique_ptr<Decompressor> decompressor_;
  std::vector<char> compressed_;
  std::size_t begin_ = 0;  ///< what is still to be decompressed: [begin_, end_) of compressed_
  std::size_t end_ = 0;
  bool in_frame_ = true;  ///< an empty file is no zstd file
};

}  // namespace turngreen::data
