#include "unicode.h"

#include <algorithm>
#include <iterator>
#include <tuple>

namespace turngreen::tokenizer {
namespace {

struct Mapping {
  char32_t from;
  std::uint32_t offset;  ///< into kPool
  std::uint32_t length;
};

struct Composition {
  char32_t first;
  char32_t second;
  char32_t composed;
};

#include "unicode_tables.inc"

/// A view of `code` itself where the table has no row for it.
template <std::size_t N>
std::u32string_view mapped(const Mapping (&table)[N], char32_t& code) {
  const auto found = std::lower_bound(
      std::begin(table), std::end(table), code,
      [](const Mapping& mapping, char32_t wanted) { return mapping.from < wanted; });
  if (found == std::end(table) || found->from != code) return {&code, 1};
  return {kPool + found->offset, found->length};
}

// Hangul, from chapter 3.12 of the Unicode standard.
constexpr char32_t kSyllables = 0xAC00, kLeads = 0x1100, kVowels = 0x1161, kTails = 0x11A7;
constexpr char32_t kLeadCount = 19, kVowelCount = 21, kTailCount = 28;
constexpr char32_t kSyllableCount = kLeadCount * kVowelCount * kTailCount;

}  // namespace

Properties properties(char32_t code) {
  if (code > 0x10FFFF) return {};
  return kRecords[kBlocks[kStages[code / kBlock] * kBlock + code % kBlock]];
}

std::u32string_view lower_case(char32_t& code) { return mapped(kLower, code); }
std::u32string_view canonical_decomposition(char32_t& code) { return mapped(kCanonical, code); }
std::u32string_view compatible_decomposition(char32_t& code) {
  // Only what differs from the canonical one has a row.
  const auto compatible = mapped(kCompatible, code);
  return compatible.data() == &code ? canonical_decomposition(code) : compatible;
}

char32_t composition(char32_t first, char32_t second) {
  if (first - kLeads < kLeadCount && second - kVowels < kVowelCount) {
    return kSyllables + ((first - kLeads) * kVowelCount + (second - kVowels)) * kTailCount;
  }
  if (first - kSyllables < kSyllableCount && (first - kSyllables) % kTailCount == 0 &&
      second > kTails && second - kTails < kTailCount) {
    return first + (second - kTails);
  }
  const auto key = std::tie(first, second);
  const auto found = std::lower_bound(std::begin(kCompositions), std::end(kCompositions), key,
                                      [](const Composition& row, const auto& wanted) {
                                        return std::tie(row.first, row.second) < wanted;
                                      });
  const bool is_there =
      found != std::end(kCompositions) && std::tie(found->first, found->second) == key;
  return is_there ? found->composed : 0;
}

bool is_chinese(char32_t code) {
  if (code < 0x3400) return false;
  struct Range {
    char32_t first, last;
  };
  static constexpr Range kRanges[] = {{0x3400, 0x4DBF},   {0x4E00, 0x9FFF},   {0xF900, 0xFAFF},
                                      {0x20000, 0x2A6DF}, {0x2A700, 0x2B73F}, {0x2B740, 0x2B81F},
                                      {0x2B920, 0x2CEAF}, {0x2F800, 0x2FA1F}};
  return std::any_of(std::begin(kRanges), std::end(kRanges),
                     [&](const Range& range) { return code >= range.first && code <= range.last; });
}

}  // namespace turngreen::tokenizer
