#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>
#include <vector>

#include "word_token.h"

namespace turngreen::tokenizer {

/// What words became, for the short ones that come again and again: 2 MiB that are never more. A
/// word and its tokens lie in one cache line; a new word drives out the older of two.
class WordCache {
 public:
  static constexpr std::size_t kLongestWord = 31;
  static constexpr std::size_t kMostTokens = 6;

  /// A line of 64 bytes.
  struct alignas(64) Entry {
    std::array<char, kLongestWord + 1> key{};  ///< length, then the word, then zeros
    std::uint8_t count = 0;
    std::array<std::uint8_t, 7> lengths{};
    std::array<std::uint32_t, kMostTokens> ids{};
  };
  static_assert(sizeof(Entry) == 64);

  WordCache() : entries_(kEntries) {}

  /// Null where it is not there. Words of at most kLongestWord bytes only.
  const Entry* find(std::string_view word) {
    key_.fill(0);
    key_[0] = static_cast<char>(word.size());
    std::memcpy(key_.data() + 1, word.data(), word.size());
    first_ = hash() & (kEntries - 2);
    for (std::size_t way = 0; way < 2; ++way) {
      Entry& entry = entries_[first_ + way];
      if (std::memcmp(entry.key.data(), key_.data(), key_.size()) == 0) return &entry;
    }
    return nullptr;
  }
  /// Keeps what the word that was last asked for became, if it is little enough.
  void insert(std::span<const WordToken> tokens);

 private:
  static constexpr std::size_t kEntries = std::size_t{1} << 15;

  std::size_t hash() const {
    std::array<std::uint64_t, 4> part;
    std::memcpy(part.data(), key_.data(), key_.size());
    const std::uint64_t mixed = (part[0] * 0x9E3779B97F4A7C15U) ^ (part[1] * 0xC2B2AE3D27D4EB4FU) ^
                                (part[2] * 0x165667B19E3779F9U) ^ (part[3] * 0xD6E8FEB86659FD93U);
    return static_cast<std::size_t>((mixed ^ mixed >> 32) * 0x9E3779B97F4A7C15U >> 40);
  }

  std::vector<Entry> entries_;
  std::array<char, kLongestWord + 1> key_{};  ///< of the word last asked for
  std::size_t first_ = 0;                     ///< the first of its two places
};

}  // namespace turngreen::tokenizer
