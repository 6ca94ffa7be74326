#include "safetensors_content.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "safetensors_header.h"
#include "turngreen/units/text.h"

namespace turngreen::checkpoint {
namespace {

constexpr std::size_t kPrefix = 8;  // the length of the header, little-endian

tl::unexpected<Error> refuse(std::string_view file, std::string_view what) {
  return fail(Error::Kind::invalid_input, fmt::format("{}: {}", file, what));
}

std::uint64_t header_length(std::span<const std::byte> bytes) {
  std::uint64_t length = 0;
  for (std::size_t at = kPrefix; at-- > 0;) {
    length = length << 8 | std::to_integer<std::uint64_t>(bytes[at]);
  }
  return length;
}

/// The tensors must lie end to end from the data's first byte to its last.
Result<void> check_layout(std::vector<HeaderEntry>& entries, std::uint64_t size,
                          std::string_view file) {
  std::sort(entries.begin(), entries.end(), [](const HeaderEntry& a, const HeaderEntry& b) {
    return std::tie(a.begin, a.end) < std::tie(b.begin, b.end);
  });
  std::uint64_t next = 0;
  for (const HeaderEntry& entry : entries) {
    if (entry.begin != next) {
      return refuse(file, fmt::format("tensor {}: data_offsets begins at {}, {} {}",
                                      units::in_quotes(entry.name), entry.begin,
                                      entry.begin < next ? "within another tensor, which ends at"
                                                         : "leaving a hole behind",
                                      next));
    }
    next = entry.end;
  }
  if (next == size) return {};
  return refuse(file,
                next > size
                    ? fmt::format("the file is cut short: its tensors need {} bytes of data, and "
                                  "there are {}; copy it anew",
                                  next, size)
                    : fmt::format("there are {} bytes behind the last tensor", size - next));
}

}  // namespace

Result<SafetensorsContent> parse_safetensors(std::span<const std::byte> bytes,
                                             std::string_view file) {
  if (bytes.size() < kPrefix) {
    return refuse(
        file, fmt::format("{} bytes are no safetensors file, which has 8 at least", bytes.size()));
  }
  const std::uint64_t length = header_length(bytes);
  if (length > kLargestHeader) {
    return refuse(file, fmt::format("a header of {} bytes is told, where {} is the most; this may "
                                    "be no safetensors file",
                                    length, kLargestHeader));
  }
  const auto behind = bytes.subspan(kPrefix);
  if (length > behind.size()) {
    return refuse(file, fmt::format("the file is cut short: a header of {} bytes is told, and {} "
                                    "are there; copy it anew",
                                    length, behind.size()));
  }
  const std::string_view text(reinterpret_cast<const char*>(behind.data()),
                              static_cast<std::size_t>(length));
  if (!text.starts_with('{')) return refuse(file, "the header does not begin with '{'");
  auto header = parse_safetensors_header(text, file);
  if (!header) return tl::unexpected<Error>(std::move(header.error()));

  const auto data = behind.subspan(text.size());
  if (auto laid_out = check_layout(header->entries, data.size(), file); !laid_out) {
    return tl::unexpected<Error>(std::move(laid_out.error()));
  }
  SafetensorsContent content;
  content.metadata = std::move(header->metadata);
  for (HeaderEntry& entry : header->entries) {
    content.tensors.emplace(
        std::move(entry.name),
        TensorView{entry.dtype, std::move(entry.shape),
                   data.subspan(static_cast<std::size_t>(entry.begin),
                                static_cast<std::size_t>(entry.end - entry.begin))});
  }
  return content;
}

}  // namespace turngreen::checkpoint
