#pragma once

#include <cstdint>
#include <vector>

#include "merge_table.h"
#include "word_token.h"

namespace turngreen::tokenizer {

/// A word while its symbols are merged; kept between words for its memory.
class BpeWord {
 public:
  void clear() { symbols_.clear(); }
  void add(std::uint32_t id, std::uint32_t length);
  /// Merges the pair of the lowest rank, of equals the leftmost, until none is left, and writes
  /// what remains.
  void merge(const MergeTable& merges, std::vector<WordToken>& out);

 private:
  struct Symbol {
    std::uint32_t id;
    std::uint32_t length;  ///< bytes; 0 once it is part of the one before
    std::int32_t before;   ///< indices; -1 where there is none
    std::int32_t after;
  };
  struct Candidate {
    std::uint32_t rank;
    std::int32_t position;  ///< of the left symbol
    std::uint32_t merged;
  };
  static bool comes_later(const Candidate& a, const Candidate& b);
  void consider(const MergeTable& merges, std::int32_t left, std::int32_t right);
  Symbol& symbol(std::int32_t position) { return symbols_[static_cast<std::size_t>(position)]; }

  std::vector<Symbol> symbols_;
  std::vector<Candidate> heap_;
};

}  // namespace turngreen::tokenizer
