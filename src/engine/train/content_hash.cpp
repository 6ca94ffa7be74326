#include "train/content_hash.h"

#include <fmt/format.h>

#include <cstring>

namespace turngreen::train {
namespace {

/// The finalizer of SplitMix64 (Steele et al., OOPSLA 2014): every bit in moves every bit out.
std::uint64_t mixed(std::uint64_t word) {
  word = (word ^ (word >> 30)) * 0xBF58476D1CE4E5B9;
  word = (word ^ (word >> 27)) * 0x94D049BB133111EB;
  return word ^ (word >> 31);
}

}  // namespace

void ContentHash::add_bytes(std::span<const std::byte> bytes) {
  state_ = mixed(state_ ^ bytes.size());
  while (!bytes.empty()) {
    std::uint64_t word = 0;
    const std::size_t taken = std::min(sizeof word, bytes.size());
    std::memcpy(&word, bytes.data(), taken);
    state_ = mixed(state_ + word) * 0x9E3779B97F4A7C15;
    bytes = bytes.subspan(taken);
  }
}

std::string ContentHash::text() const { return fmt::format("{:016x}", mixed(state_)); }

}  // namespace turngreen::train
