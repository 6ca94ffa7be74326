#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace turngreen::tokenizer {

/// Strings with a value each, to find the longest that begins a text.
class ByteTrie {
 public:
  using Node = std::uint32_t;
  static constexpr Node kRoot = 0;
  static constexpr Node kNowhere = ~Node{0};
  static constexpr std::uint32_t kNoValue = ~std::uint32_t{0};

  ByteTrie();

  /// A second value for the same string replaces the first.
  void insert(std::string_view key, std::uint32_t value);

  Node step(Node from, char byte) const {
    const std::uint64_t key = edge(from, byte);
    for (std::size_t slot = hash(key) & mask_;; slot = (slot + 1) & mask_) {
      if (slots_[slot].key == key) return slots_[slot].target;
      if (slots_[slot].target == kNowhere) return kNowhere;
    }
  }
  /// Where `key` leads from the root; kNowhere where no string begins so.
  Node walk(std::string_view key) const;
  std::uint32_t value(Node node) const { return values_[node]; }

 private:
  struct Slot {
    std::uint64_t key = 0;
    Node target = kNowhere;
  };

  static std::uint64_t edge(Node from, char byte) {
    return std::uint64_t{from} << 8 | static_cast<unsigned char>(byte);
  }
  static std::size_t hash(std::uint64_t key) {
    constexpr std::uint64_t kMultiplier = 0x9E3779B97F4A7C15U;
    return static_cast<std::size_t>((key * kMultiplier) >> 24);
  }
  void put(std::uint64_t key, Node target);
  void grow();

  std::vector<Slot> slots_;  ///< the edges; at most half of them are used
  std::size_t mask_;
  std::vector<std::uint32_t> values_;  ///< of each node
};

}  // namespace turngreen::tokenizer
