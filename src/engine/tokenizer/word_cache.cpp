#include "word_cache.h"

namespace turngreen::tokenizer {

void WordCache::insert(std::span<const WordToken> tokens) {
  if (tokens.size() > kMostTokens) return;
  Entry entry;
  entry.key = key_;
  entry.count = static_cast<std::uint8_t>(tokens.size());
  for (std::size_t n = 0; n < tokens.size(); ++n) {
    // A token can be longer than its word only by the reference's count of bytes that it adds.
    if (tokens[n].length > UINT8_MAX) return;
    entry.lengths[n] = static_cast<std::uint8_t>(tokens[n].length);
    entry.ids[n] = tokens[n].id;
  }
  entries_[first_ + 1] = entries_[first_];
  entries_[first_] = entry;
}

}  // namespace turngreen::tokenizer
