#include "text_window.h"

#include <fmt/format.h>

#include <cstring>
#include <span>
#include <utility>

namespace turngreen::data {
namespace {

constexpr std::size_t kCapacity = std::size_t{1} << 20;
constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";

}  // namespace

TextWindow::TextWindow(std::unique_ptr<ByteStream> stream)
    : stream_(std::move(stream)),
      capacity_(kCapacity),
      buffer_(std::make_unique_for_overwrite<char[]>(kCapacity + kPadding)) {}

Result<TextWindow> TextWindow::open(std::unique_ptr<ByteStream> stream) {
  TextWindow window(std::move(stream));
  if (const auto grown = window.grow(); !grown) return tl::unexpected<Error>(grown.error());
  if (window.rest().starts_with("\xff\xfe") || window.rest().starts_with("\xfe\xff")) {
    return fail(Error::Kind::unsupported,
                fmt::format("{}: this is UTF-16; make it UTF-8 (iconv -f UTF-16 -t UTF-8)",
                            window.file().name()));
  }
  if (window.rest().starts_with(kByteOrderMark)) window.take(kByteOrderMark.size());
  return window;
}

Result<void> TextWindow::grow() {
  const std::size_t size = end_ - begin_;
  if (size > capacity_ / 2) {
    auto larger = std::make_unique_for_overwrite<char[]>(2 * capacity_ + kPadding);
    std::memcpy(larger.get(), buffer_.get() + begin_, size);
    buffer_ = std::move(larger);
    capacity_ *= 2;
  } else {
    std::memmove(buffer_.get(), buffer_.get() + begin_, size);
  }
  begin_ = 0;
  end_ = size;
  while (end_ < capacity_ && !is_whole_) {
    const auto got = stream_->read(std::span(buffer_.get() + end_, capacity_ - end_));
    if (!got) return tl::unexpected<Error>(got.error());
    end_ += *got;
    is_whole_ = *got == 0;
  }
  return {};
}

}  // namespace turngreen::data
