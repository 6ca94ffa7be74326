#include "gzip_stream.h"

#include <fmt/format.h>
#include <zlib.h>

#include <limits>
#include <new>
#include <utility>

namespace turngreen::data {
namespace {

constexpr std::size_t kPiece = std::size_t{256} << 10;
constexpr int kGzipOnly = 16;  // added to the window's bits: no bare zlib or deflate

}  // namespace

struct GzipStream::Inflater {
  Inflater() {
    if (::inflateInit2(&stream, MAX_WBITS + kGzipOnly) != Z_OK) throw std::bad_alloc();
  }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;
  ~Inflater() { ::inflateEnd(&stream); }

  z_stream stream{};
};

GzipStream::GzipStream(InputFile file)
    : ByteStream(std::move(file)), inflater_(std::make_unique<Inflater>()), compressed_(kPiece) {}

GzipStream::~GzipStream() = default;

Result<void> GzipStream::fill() {
  z_stream& stream = inflater_->stream;
  if (stream.avail_in > 0 || at_end_) return {};
  const auto got = file_.read(compressed_);
  if (!got) return tl::unexpected<Error>(got.error());
  at_end_ = *got == 0;
  stream.next_in = reinterpret_cast<Bytef*>(compressed_.data());
  stream.avail_in = static_cast<uInt>(*got);
  return {};
}

/// Passes over zeros; a member begins then, or the file is at its end.
Result<void> GzipStream::begin_member() {
  z_stream& stream = inflater_->stream;
  while (true) {
    if (const auto filled = fill(); !filled) return filled;
    while (stream.avail_in > 0 && *stream.next_in == 0) {
      ++stream.next_in;
      --stream.avail_in;
    }
    if (stream.avail_in > 0) break;
    if (at_end_) return {};
  }
  ::inflateReset(&stream);
  in_member_ = true;
  return {};
}

Result<std::size_t> GzipStream::read(std::span<char> into) {
  z_stream& stream = inflater_->stream;
  into = into.first(std::min<std::size_t>(into.size(), std::numeric_limits<uInt>::max()));
  stream.next_out = reinterpret_cast<Bytef*>(into.data());
  stream.avail_out = static_cast<uInt>(into.size());
  while (stream.avail_out == into.size()) {
    if (!in_member_) {
      if (const auto begun = begin_member(); !begun) return tl::unexpected<Error>(begun.error());
      if (!in_member_) return 0;
    }
    if (const auto filled = fill(); !filled) return tl::unexpected<Error>(filled.error());
    if (stream.avail_in == 0) {
      return fail(
          Error::Kind::invalid_input,
          fmt::format("{}: the gzip data are cut short; copy the file again", file_.name()));
    }
    const int status = ::inflate(&stream, Z_NO_FLUSH);
    if (status == Z_STREAM_END) {
      in_member_ = false;
    } else if (status != Z_OK && status != Z_BUF_ERROR) {
      return fail(Error::Kind::invalid_input,
                  fmt::format("{}: damaged gzip data: {}", file_.name(),
                              stream.msg != nullptr ? stream.msg : ::zError(status)));
    }
  }
  return into.size() - stream.avail_out;
}

}  // namespace turngreen::data
