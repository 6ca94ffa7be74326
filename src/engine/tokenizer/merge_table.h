#pragma once

#include <cstdint>
#include <vector>

namespace turngreen::tokenizer {

/// Which pairs of tokens merge, in which order, and into what.
class MergeTable {
 public:
  struct Merge {
    std::uint32_t rank;  ///< the lowest goes first
    std::uint32_t merged;
  };

  explicit MergeTable(std::size_t merges = 0);

  /// A second merge of the same pair replaces the first. At most as many as were announced.
  void add(std::uint32_t left, std::uint32_t right, Merge merge);

  const Merge* find(std::uint32_t left, std::uint32_t right) const {
    const Slot& slot = slots_[place(key_of(left, right))];
    return slot.key == kNoKey ? nullptr : &slot.merge;
  }

 private:
  struct Slot {
    std::uint64_t key;
    Merge merge;
  };
  static constexpr std::uint64_t kNoKey = ~std::uint64_t{0};  // two tokens of the id kNoToken

  static std::uint64_t key_of(std::uint32_t left, std::uint32_t right) {
    return std::uint64_t{left} << 32 | right;
  }
  /// Where the key is, or would go.
  std::size_t place(std::uint64_t key) const {
    constexpr std::uint64_t kMultiplier = 0x9E3779B97F4A7C15U;
    std::size_t slot = ((key ^ key >> 29) * kMultiplier >> 20) & mask_;
    while (slots_[slot].key != key && slots_[slot].key != kNoKey) slot = (slot + 1) & mask_;
    return slot;
  }

  std::vector<Slot> slots_;
  std::size_t mask_;
};

}  // namespace turngreen::tokenizer
