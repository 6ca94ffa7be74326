#pragma once

#include <memory>
#include <vector>

#include "byte_stream.h"

namespace turngreen::data {

/// gzip (RFC 1952), of one member or several in a row. Zeros behind the last one are passed over,
/// as gzip does.
class GzipStream final : public ByteStream {
 public:
  explicit GzipStream(InputFile file);
  ~GzipStream() override;
  Result<std::size_t> read(std::span<char> into) override;

 private:
  struct Inflater;
  Result<void> fill();
  Result<void> begin_member();

  std::unique_ptr<Inflater> inflater_;
  std::vector<char> compressed_;
  bool in_member_ = true;
  bool at_end_ = false;  ///< of the file
};

}  // namespace turngreen::data
