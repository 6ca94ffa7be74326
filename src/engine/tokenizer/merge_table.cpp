#include "merge_table.h"

#include <bit>

namespace turngreen::tokenizer {

MergeTable::MergeTable(std::size_t merges)
    : slots_(std::bit_ceil(2 * merges + 2), Slot{kNoKey, {}}), mask_(slots_.size() - 1) {}

void MergeTable::add(std::uint32_t left, std::uint32_t right, Merge merge) {
  const std::uint64_t key = key_of(left, right);
  slots_[place(key)] = {key, merge};
}

}  // namespace turngreen::tokenizer
