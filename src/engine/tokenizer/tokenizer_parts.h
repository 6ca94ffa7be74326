#pragma once

#include <optional>
#include <variant>
#include <vector>

#include "added_tokens.h"
#include "bpe.h"
#include "normalizer.h"
#include "offset_trimming.h"
#include "post_processor.h"
#include "pre_tokenizer.h"
#include "turngreen/engine/tokenizer/length_rules.h"
#include "word_level.h"
#include "word_piece.h"

namespace turngreen::tokenizer {

using Model = std::variant<WordPiece, Bpe, WordLevel>;

struct TokenizerParts {
  NormalizerList normalizers;
  PreTokenizerList pre_tokenizers;
  Model model;
  AddedTokens added;
  PostProcessor post_processor;
  std::optional<Truncation> truncation;
  std::optional<Padding> padding;
  /// The model is given the bytes of the input, not the byte-level alphabet written out.
  bool uses_bytes = false;
  std::vector<Blanks> blanks;  ///< by id of the model; empty where offsets are not trimmed

  const Vocabulary& vocabulary() const {
    return std::visit([](const auto& its) -> const Vocabulary& { return its.vocabulary(); }, model);
  }
};

}  // namespace turngreen::tokenizer
