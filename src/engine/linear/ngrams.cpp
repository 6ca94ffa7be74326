#include "turngreen/engine/linear/ngrams.h"

#include <algorithm>
#include <array>

namespace turngreen::linear {
namespace {

constexpr std::uint64_t kWordSeed = 0xcbf29ce484222325;
constexpr std::uint64_t kCharacterSeed = 0x9e3779b97f4a7c15;
constexpr std::size_t kShortestRun = 2;
constexpr std::size_t kLongestRun = 5;

/// FNV-1a (Fowler, Noll, Vo), a byte more.
std::uint64_t with_byte(std::uint64_t hash, char byte) {
  return (hash ^ static_cast<unsigned char>(byte)) * 0x100000001b3;
}

/// The finalizer of MurmurHash3, so that every bit has a say in the upper ones.
std::uint64_t mixed(std::uint64_t hash) {
  hash = (hash ^ (hash >> 33)) * 0xff51afd7ed558ccd;
  hash = (hash ^ (hash >> 33)) * 0xc4ceb9fe1a85ec53;
  return hash ^ (hash >> 33);
}

enum class Kind : std::uint8_t { space, letter, symbol };

constexpr std::array<Kind, 256> kinds_of_bytes() {
  std::array<Kind, 256> kinds{};
  for (unsigned byte = 0; byte < 256; ++byte) {
    const bool is_letter = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
                           (byte >= '0' && byte <= '9') || byte == '_' || byte >= 0x80;
    kinds[byte] = is_letter ? Kind::letter : Kind::symbol;
    if (byte <= ' ' || byte == 0x7f) kinds[byte] = Kind::space;
  }
  return kinds;
}

constexpr std::array<Kind, 256> kKinds = kinds_of_bytes();

Kind kind_of(char byte) { return kKinds[static_cast<unsigned char>(byte)]; }

char lower(char byte) {
  return byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte - 'A' + 'a') : byte;
}

bool continues_character(char byte) { return (static_cast<unsigned char>(byte) & 0xc0) == 0x80; }

}  // namespace

std::span<const std::uint32_t> NgramFinder::find(std::string_view text) {
  for (const std::uint32_t bucket : found_) {
    // Its slot or a neighbour's: all that are taken belong to some bucket of found_.
    const std::size_t mask = slots_.size() - 1;
    for (std::size_t at = bucket & mask; slots_[at] != 0; at = (at + 1) & mask) slots_[at] = 0;
  }
  found_.clear();
  if (kind_ != Ngrams::characters) add_words(text);
  if (kind_ != Ngrams::words) add_characters(text);
  return found_;
}

void NgramFinder::add_words(std::string_view text) {
  std::uint64_t pair = 0;    // the last two words
  std::uint64_t single = 0;  // the last word
  std::size_t words = 0;
  for (std::size_t at = 0; at < text.size();) {
    const Kind kind = kind_of(text[at]);
    if (kind == Kind::space) {
      ++at;
      continue;
    }
    std::uint64_t word = with_byte(kWordSeed, text[at++]);
    while (kind == Kind::letter && at < text.size() && kind_of(text[at]) == Kind::letter)
      word = with_byte(word, text[at++]);
    word = mixed(word);
    add(word);
    const std::uint64_t new_pair = mixed(single * 3 + word);
    if (words >= 1) add(new_pair);
    if (words >= 2) add(mixed(pair * 3 + word));
    pair = new_pair;
    single = word;
    ++words;
  }
}

void NgramFinder::add_characters(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    if (kind_of(text[at]) == Kind::space) {
      ++at;
      continue;
    }
    const std::size_t begin = at;
    while (at < text.size() && kind_of(text[at]) != Kind::space) ++at;
    add_characters_of(text.substr(begin, at - begin));
  }
}

void NgramFinder::add_characters_of(std::string_view word) {
  padded_.assign(1, ' ');
  for (const char byte : word) padded_ += lower(byte);
  padded_ += ' ';
  for (std::size_t begin = 0; begin < padded_.size(); ++begin) {
    if (continues_character(padded_[begin])) continue;
    std::uint64_t hash = kCharacterSeed;
    std::size_t at = begin;
    for (std::size_t run = 1; run <= kLongestRun && at < padded_.size(); ++run) {
      do {
        hash = with_byte(hash, padded_[at++]);
      } while (at < padded_.size() && continues_character(padded_[at]));
      if (run >= kShortestRun) add(mixed(hash));
    }
  }
}

void NgramFinder::add(std::uint64_t hash) {
  const auto bucket = static_cast<std::uint32_t>(hash >> 44);
  static_assert(kBuckets == 1U << (64 - 44));
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = bucket & mask;
  while (slots_[at] != 0) {
    if (slots_[at] == bucket + 1) return;
    at = (at + 1) & mask;
  }
  slots_[at] = bucket + 1;
  found_.push_back(bucket);
  if (2 * found_.size() > slots_.size()) grow();
}

void NgramFinder::grow() {
  slots_.assign(2 * slots_.size(), 0);
  const std::size_t mask = slots_.size() - 1;
  for (const std::uint32_t bucket : found_) {
    std::size_t at = bucket & mask;
    while (slots_[at] != 0) at = (at + 1) & mask;
    slots_[at] = bucket + 1;
  }
}

}  // namespace turngreen::linear
