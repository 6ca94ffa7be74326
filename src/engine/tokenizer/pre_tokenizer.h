#pragma once

#include <string>
#include <variant>
#include <vector>

#include "segment.h"
#include "split.h"

namespace turngreen::tokenizer {

struct BertPreTokenizer {};  ///< white space goes, each punctuation mark stands alone
struct Whitespace {};        ///< \w+|[^\w\s]+
struct WhitespaceSplit {};
struct ByteLevel {
  bool add_prefix_space = true;
  bool use_regex = true;  ///< split by GPT-2's regular expression
};
struct Digits {
  bool individual = false;
};
struct Punctuation {
  SplitBehavior behavior = SplitBehavior::isolated;
};
struct SplitLiteral {
  std::string what;  ///< never empty
  SplitBehavior behavior = SplitBehavior::removed;
  bool invert = false;  ///< what is between the occurrences is the delimiter
};
struct Metaspace {
  enum class Prepend : std::uint8_t { always, first, never };
  std::string replacement;  ///< one code point
  Prepend prepend = Prepend::always;
  bool split = true;
};
struct FixedLength {
  std::size_t code_points = 5;  ///< at least 1
};

using PreTokenizer = std::variant<BertPreTokenizer, Whitespace, WhitespaceSplit, ByteLevel, Digits,
                                  Punctuation, SplitLiteral, Metaspace, FixedLength>;

/// Pre-tokenizers that split pieces one after the other. Thread-safe.
class PreTokenizerList {
 public:
  PreTokenizerList() = default;
  explicit PreTokenizerList(std::vector<PreTokenizer> pre_tokenizers)
      : pre_tokenizers_(std::move(pre_tokenizers)) {}

  /// The last of them is ByteLevel, whose alphabet need not be written out for a model of bytes.
  bool ends_in_byte_level() const;

  /// Splits the pieces that are no added tokens. Where `keep_bytes` holds, a ByteLevel at the end
  /// leaves the text as it is and sets is_byte_level. `spare` is for its memory.
  void apply(Segment& segment, bool keep_bytes, std::vector<Piece>& spare) const;

 private:
  std::vector<PreTokenizer> pre_tokenizers_;
};

}  // namespace turngreen::tokenizer
