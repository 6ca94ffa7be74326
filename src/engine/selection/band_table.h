#pragma once

#include <cstdint>
#include <vector>

namespace turngreen::selection {

/// Which entries have which key: the entries of a key are a list, the newest first. Entries are
/// numbered from 0 in the order in which they are added.
class BandTable {
 public:
  static constexpr std::uint32_t kNone = 0xffffffff;

  BandTable() : slots_(kFirstSlots, Slot{}) {}

  std::uint32_t newest(std::uint64_t key) const { return slots_[slot_of(key)].newest; }
  /// The one of the same key that was added before it.
  std::uint32_t before(std::uint32_t entry) const { return before_[entry]; }
  void add(std::uint64_t key);

 private:
  static constexpr std::size_t kFirstSlots = 1024;  ///< a power of two, as all sizes
  struct Slot {
    std::uint64_t key = 0;
    std::uint32_t newest = kNone;  ///< none: the slot is free
  };

  /// Of the key, or the free one where it belongs.
  std::size_t slot_of(std::uint64_t key) const {
    std::size_t at = key & (slots_.size() - 1);
    while (slots_[at].newest != kNone && slots_[at].key != key) at = (at + 1) & (slots_.size() - 1);
    return at;
  }
  void grow();

  std::vector<Slot> slots_;
  std::vector<std::uint32_t> before_;
  std::size_t keys_ = 0;
};

}  // namespace turngreen::selection
