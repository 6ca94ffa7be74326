#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace turngreen::train {

/// Tells contents apart, at memory speed; no protection against whoever wants two to be alike.
class ContentHash {
 public:
  template <typename T>
  void add(std::span<const T> values) {
    add_bytes(std::as_bytes(values));
  }
  void add_bytes(std::span<const std::byte> bytes);
  std::string text() const;  ///< 16 hexadecimal digits

 private:
  std::uint64_t state_ = 0x9E3779B97F4A7C15;
};

}  // namespace turngreen::train
