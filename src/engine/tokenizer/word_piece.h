#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "byte_trie.h"
#include "turngreen/units/result.h"
#include "vocabulary.h"
#include "word_token.h"

namespace turngreen::tokenizer {

struct WordPieceOptions {
  std::string unknown_token = "[UNK]";
  std::string continuing_prefix = "##";
  std::size_t longest_word = 100;  ///< code points; beyond it a word is unknown
};

/// The longest token that begins a word, then the longest with the prefix that goes on, and so
/// forth; where none does, the whole word is unknown. Thread-safe.
class WordPiece {
 public:
  /// Error: the vocabulary lacks the unknown token.
  static Result<WordPiece> build(Vocabulary vocabulary, const WordPieceOptions& options);

  const Vocabulary& vocabulary() const { return vocabulary_; }
  /// Replaces `out`; `word` is UTF-8 and not empty.
  void tokenize(std::string_view word, std::vector<WordToken>& out) const;

 private:
  Vocabulary vocabulary_;
  ByteTrie trie_;
  ByteTrie::Node continuing_ = ByteTrie::kRoot;  ///< where the prefix leads
  std::uint32_t unknown_ = 0;
  std::size_t longest_word_ = 0;
};

}  // namespace turngreen::tokenizer
