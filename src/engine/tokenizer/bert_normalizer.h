#pragma once

#include <optional>

#include "aligned_text.h"

namespace turngreen::tokenizer {

struct BertNormalizer {
  bool clean_text = true;             ///< drops control characters; white space becomes a blank
  bool handle_chinese_chars = true;   ///< blanks around each CJK ideograph
  std::optional<bool> strip_accents;  ///< absent: as `lowercase`
  bool lowercase = true;

  void apply(AlignedText& text) const;
};

}  // namespace turngreen::tokenizer
