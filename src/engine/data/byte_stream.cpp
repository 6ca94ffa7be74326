#include "byte_stream.h"

#include <string_view>
#include <utility>

#include "gzip_stream.h"
#include "zstd_stream.h"

namespace turngreen::data {
namespace {

constexpr std::string_view kGzipMagic = "\x1f\x8b";
constexpr std::string_view kZstdMagic = "\x28\xb5\x2f\xfd";

class PlainStream final : public ByteStream {
 public:
  using ByteStream::ByteStream;
  Result<std::size_t> read(std::span<char> into) override { return file_.read(into); }
};

}  // namespace

Result<std::unique_ptr<ByteStream>> open_byte_stream(const std::string& file,
                                                     Compression compression) {
  auto input = InputFile::open(file);
  if (!input) return tl::unexpected<Error>(input.error());
  const auto head = input->head();
  if (!head) return tl::unexpected<Error>(head.error());
  if (compression == Compression::gzip || head->starts_with(kGzipMagic)) {
    return std::make_unique<GzipStream>(*std::move(input));
  }
  if (compression == Compression::zstd || head->starts_with(kZstdMagic)) {
    return std::make_unique<ZstdStream>(*std::move(input));
  }
  return std::make_unique<PlainStream>(*std::move(input));
}

}  // namespace turngreen::data
