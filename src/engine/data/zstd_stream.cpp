#include "zstd_stream.h"

#include <fmt/format.h>
#include <zstd.h>

#include <new>
#include <utility>

namespace turngreen::data {

struct ZstdStream::Decompressor {
  Decompressor() : context(::ZSTD_createDCtx()) {
    if (context == nullptr) throw std::bad_alloc();
  }
  Decompressor(const Decompressor&) = delete;
  Decompressor& operator=(const Decompressor&) = delete;
  ~Decompressor() { ::ZSTD_freeDCtx(context); }

  ZSTD_DCtx* context;
};

ZstdStream::ZstdStream(InputFile file)
    : ByteStream(std::move(file)),
      decompressor_(std::make_unique<Decompressor>()),
      compressed_(::ZSTD_DStreamInSize()) {}

ZstdStream::~ZstdStream() = default;

Result<std::size_t> ZstdStream::read(std::span<char> into) {
  ZSTD_outBuffer out{into.data(), into.size(), 0};
  while (out.pos == 0) {
    if (begin_ == end_) {
      const auto got = file_.read(compressed_);
      if (!got) return tl::unexpected<Error>(got.error());
      begin_ = 0;
      end_ = *got;
    }
    ZSTD_inBuffer in{compressed_.data(), end_, begin_};
    const bool is_at_end = begin_ == end_;
    if (is_at_end && !in_frame_) return 0;
    // Without input it still gives what it holds back.
    const std::size_t status = ::ZSTD_decompressStream(decompressor_->context, &out, &in);
    if (::ZSTD_isError(status) != 0) {
      return fail(Error::Kind::invalid_input, fmt::format("{}: damaged zstd data: {}", file_.name(),
                                                          ::ZSTD_getErrorName(status)));
    }
    begin_ = in.pos;
    in_frame_ = status != 0;
    if (is_at_end && out.pos == 0) {
      return fail(
          Error::Kind::invalid_input,
          fmt::format("{}: the zstd data are cut short; copy the file again", file_.name()));
    }
  }
  return out.pos;
}

}  // namespace turngreen::data
