#include "band_table.h"

#include <utility>

namespace turngreen::selection {

void BandTable::add(std::uint64_t key) {
  if (2 * keys_ >= slots_.size()) grow();
  Slot& slot = slots_[slot_of(key)];
  if (slot.newest == kNone) ++keys_;
  before_.push_back(slot.newest);
  slot = {key, static_cast<std::uint32_t>(before_.size() - 1)};
}

void BandTable::grow() {
  const auto old = std::exchange(slots_, std::vector<Slot>(2 * slots_.size()));
  for (const Slot& slot : old)
    if (slot.newest != kNone) slots_[slot_of(slot.key)] = slot;
}

}  // namespace turngreen::selection
