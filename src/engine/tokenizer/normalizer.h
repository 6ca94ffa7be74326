#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "aligned_text.h"
#include "bert_normalizer.h"
#include "unicode_normalization.h"

namespace turngreen::tokenizer {

struct Lowercase {};
struct StripAccents {};  ///< drops marks; what is not decomposed keeps its accents
struct Nmt {};           ///< white space and control characters as in neural machine translation
struct ByteLevelNormalizer {};
struct StripEnds {
  bool left = true;
  bool right = true;
};
struct ReplaceLiteral {
  std::string what;  ///< never empty
  std::string with;
};
struct Prepend {
  std::string text;  ///< never empty
};

using Normalizer = std::variant<NormalizationForm, BertNormalizer, Lowercase, StripAccents, Nmt,
                                ByteLevelNormalizer, StripEnds, ReplaceLiteral, Prepend>;

/// Normalizers that rewrite a text one after the other. Thread-safe.
class NormalizerList {
 public:
  NormalizerList() = default;
  explicit NormalizerList(std::vector<Normalizer> normalizers)
      : normalizers_(std::move(normalizers)) {}

  void apply(AlignedText& text) const;

 private:
  std::vector<Normalizer> normalizers_;
};

void lowercase(AlignedText& text);

}  // namespace turngreen::tokenizer
