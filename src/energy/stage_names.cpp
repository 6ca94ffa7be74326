#include "stage_names.h"

#include <algorithm>

namespace turngreen::energy {
namespace {

// FNV-1a, 64 bits.
std::uint64_t hash_of(std::string_view text) noexcept {
  std::uint64_t hash = 0xcbf29ce484222325U;
  for (const char c : text) {
    hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
  }
  return hash;
}

/// Cut to size without splitting a UTF-8 character.
std::string_view cut(std::string_view name, std::size_t most) noexcept {
  if (name.size() <= most) return name;
  while (most > 0 && (static_cast<unsigned char>(name[most]) & 0xC0U) == 0x80U) --most;
  return name.substr(0, most);
}

}  // namespace

StageNames::StageNames() : entries_(new Entry[kMostNames]) {}

StageId StageNames::intern(std::string_view name) noexcept {
  name = cut(name, kMostBytes);
  const std::uint64_t hash = hash_of(name);
  std::uint32_t mine = 0;  // entry + 1, once written
  for (std::size_t probe = hash % kSlots;; probe = (probe + 1) % kSlots) {
    std::uint32_t found = slots_[probe].load(std::memory_order_acquire);
    if (found == 0) {
      if (mine == 0) {
        const std::uint32_t entry = used_.fetch_add(1, std::memory_order_relaxed);
        if (entry >= kMostNames) {
          used_.store(kMostNames, std::memory_order_relaxed);
          overflowed_.store(true, std::memory_order_relaxed);
          return kOthersId;
        }
        entries_[entry].hash = hash;
        entries_[entry].size = name.size();
        std::copy(name.begin(), name.end(), entries_[entry].bytes.begin());
        mine = entry + 1;
      }
      if (slots_[probe].compare_exchange_strong(found, mine, std::memory_order_acq_rel)) {
        return StageId{mine};
      }
    }
    // Lost a race for the slot to the same name: its entry serves, ours stays unused.
    if (holds(found - 1, hash, name)) return StageId{found};
  }
}

bool StageNames::holds(std::uint32_t entry, std::uint64_t hash,
                       std::string_view name) const noexcept {
  return entries_[entry].hash == hash &&
         std::string_view(entries_[entry].bytes.data(), entries_[entry].size) == name;
}

std::string_view StageNames::name(StageId stage) const noexcept {
  const auto entry = static_cast<std::uint32_t>(stage) - 1;
  if (entry >= kMostNames) return kOthers;
  return {entries_[entry].bytes.data(), entries_[entry].size};
}

}  // namespace turngreen::energy
