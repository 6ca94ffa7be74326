#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "bpe_word.h"
#include "merge_table.h"
#include "turngreen/units/result.h"
#include "vocabulary.h"
#include "word_token.h"

namespace turngreen::tokenizer {

struct BpeOptions {
  std::vector<std::pair<std::string, std::string>> merges = {};  ///< the first goes first
  std::optional<std::string> unknown_token = {};  ///< absent: what is unknown is left out
  std::string continuing_prefix = {};             ///< of each symbol but a word's first
  std::string end_suffix = {};                    ///< of a word's last symbol
  bool fuse_unknown = false;                      ///< neighbours that are unknown become one
  /// What is unknown becomes <0x00> to <0xFF>, if all of its bytes are there.
  bool byte_fallback = false;
  bool ignore_merges = false;  ///< a word that is a token is taken as it is
};

/// Byte-pair encoding. Thread-safe; the BpeWord is the thread's own.
class Bpe {
 public:
  /// Error: a merge of tokens, or into one, or an unknown token that the vocabulary lacks.
  static Result<Bpe> build(Vocabulary vocabulary, const BpeOptions& options);

  const Vocabulary& vocabulary() const { return vocabulary_; }
  /// Whether words may be given as the bytes that a text of the byte-level alphabet stands for:
  /// each of that alphabet is a token, and no prefix or suffix interferes.
  bool takes_bytes() const { return takes_bytes_; }

  /// Replace `out`; `word` is not empty.
  void tokenize(std::string_view word, BpeWord& work, std::vector<WordToken>& out) const;
  void tokenize_bytes(std::string_view word, BpeWord& work, std::vector<WordToken>& out) const;

 private:
  Result<void> add_merges(const BpeOptions& options);
  void prepare_bytes();
  /// Adds the bytes of a symbol as tokens of their own, if all of them are there.
  bool add_bytes(std::string_view symbol, BpeWord& work) const;

  Vocabulary vocabulary_;
  Vocabulary byte_words_;  ///< the vocabulary by the bytes that its tokens stand for
  MergeTable merges_;
  std::array<std::uint32_t, 256> byte_ids_{};      ///< of the byte-level alphabet
  std::array<std::uint32_t, 256> fallback_ids_{};  ///< of <0x00> to <0xFF>
  std::string continuing_prefix_;
  std::string end_suffix_;
  std::uint32_t unknown_ = 0;  ///< kNoToken where there is none
  bool fuse_unknown_ = false;
  bool byte_fallback_ = false;
  bool ignore_merges_ = false;
  bool takes_bytes_ = false;
};

}  // namespace turngreen::tokenizer
