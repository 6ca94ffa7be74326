#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "engine/checkpoint/safetensors_content.h"

namespace turngreen::checkpoint {

/// A file of this header and this many bytes of data.
inline std::string safetensors_bytes(std::string_view header, std::size_t data) {
  std::string bytes;
  for (int at = 0; at < 8; ++at) bytes.push_back(static_cast<char>(header.size() >> (8 * at)));
  bytes += header;
  for (std::size_t at = 0; at < data; ++at) bytes.push_back(static_cast<char>(at));
  return bytes;
}

inline std::span<const std::byte> as_bytes(std::string_view text) {
  return std::as_bytes(std::span(text));
}

/// The error of such a file; empty where there is none.
inline std::string fault_of(std::string_view bytes) {
  const auto content = parse_safetensors(as_bytes(bytes), "m.safetensors");
  return content ? "" : content.error().message;
}

inline std::string fault_of(std::string_view header, std::size_t data) {
  return fault_of(safetensors_bytes(header, data));
}

}  // namespace turngreen::checkpoint
