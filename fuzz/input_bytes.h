#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace turngreen::fuzz {

/// Takes decisions from a fuzzer's input, front to back. Once it is used up, each is 0.
class InputBytes {
 public:
  InputBytes(const std::uint8_t* data, std::size_t size) : rest_(data, size) {}

  bool used_up() const { return rest_.empty(); }

  std::uint8_t byte() {
    if (rest_.empty()) return 0;
    const std::uint8_t first = rest_.front();
    rest_ = rest_.subspan(1);
    return first;
  }
  bool chance() { return (byte() & 1U) != 0; }

  /// Seven bits a byte, least first, as long as the eighth is set: small numbers are short.
  std::uint64_t number() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      const std::uint8_t next = byte();
      value |= static_cast<std::uint64_t>(next & 0x7FU) << shift;
      if (next < 0x80) break;
    }
    return value;
  }
  std::uint64_t below(std::uint64_t end) { return number() % end; }

  template <typename T, std::size_t size>
  const T& one_of(const T (&choices)[size]) {
    return choices[byte() % size];
  }

  /// A length below 128 and as many bytes, or as there are.
  std::string text() {
    const std::size_t length = std::min<std::size_t>(byte() & 0x7FU, rest_.size());
    std::string taken(rest_.begin(), rest_.begin() + static_cast<std::ptrdiff_t>(length));
    rest_ = rest_.subspan(length);
    return taken;
  }

 private:
  std::span<const std::uint8_t> rest_;
};

}  // namespace turngreen::fuzz
