#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "turngreen/units/result.h"
#include "vocabulary.h"
#include "word_token.h"

namespace turngreen::tokenizer {

/// Each word is a token, or unknown. Thread-safe.
class WordLevel {
 public:
  /// Error: the vocabulary lacks the unknown token.
  static Result<WordLevel> build(Vocabulary vocabulary, const std::string& unknown_token);

  const Vocabulary& vocabulary() const { return vocabulary_; }
  void tokenize(std::string_view word, std::vector<WordToken>& out) const;

 private:
  Vocabulary vocabulary_;
  std::uint32_t unknown_ = 0;
};

}  // namespace turngreen::tokenizer
