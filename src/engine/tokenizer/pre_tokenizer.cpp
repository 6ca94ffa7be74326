#include "pre_tokenizer.h"

#include <algorithm>
#include <array>

#include "byte_level.h"
#include "unicode.h"
#include "utf8_text.h"

namespace turngreen::tokenizer {
namespace {

/// Parts of a piece where each code point of a class is a delimiter of its own.
void part_by_class(std::string_view text, ByteRange range, Property delimiter,
                   std::vector<Part>& parts) {
  parts.clear();
  std::uint32_t begin = range.begin;
  for (std::size_t at = range.begin; at < range.end;) {
    const auto here = static_cast<std::uint32_t>(at);
    if (!properties(next_code_point(text, at)).has(delimiter)) continue;
    if (begin < here) parts.push_back({{begin, here}, false});
    begin = static_cast<std::uint32_t>(at);
    parts.push_back({{here, begin}, true});
  }
  if (begin < range.end) parts.push_back({{begin, range.end}, false});
}

/// Parts of a piece where each occurrence of `what` is a delimiter.
void part_by_literal(std::string_view text, ByteRange range, std::string_view what,
                     std::vector<Part>& parts) {
  parts.clear();
  const std::string_view piece = text.substr(0, range.end);
  std::uint32_t begin = range.begin;
  for (auto found = piece.find(what, begin); found != std::string_view::npos;
       found = piece.find(what, begin)) {
    const auto here = static_cast<std::uint32_t>(found);
    if (begin < here) parts.push_back({{begin, here}, false});
    begin = here + static_cast<std::uint32_t>(what.size());
    parts.push_back({{here, begin}, true});
  }
  if (begin < range.end) parts.push_back({{begin, range.end}, false});
}

enum class BertKind : std::uint8_t { word, space, punctuation };

BertKind bert_kind(char32_t code) {
  const Properties its = properties(code);
  if (its.has(Property::white_space)) return BertKind::space;
  return its.has(Property::punctuation) ? BertKind::punctuation : BertKind::word;
}

void append_bert_words(std::string_view text, ByteRange range, std::vector<Piece>& out) {
  static const auto ascii = [] {
    std::array<BertKind, 128> kinds;
    for (char32_t code = 0; code < kinds.size(); ++code) kinds[code] = bert_kind(code);
    return kinds;
  }();
  std::uint32_t begin = range.begin;
  for (std::size_t at = range.begin; at < range.end;) {
    const auto here = static_cast<std::uint32_t>(at);
    const auto byte = static_cast<unsigned char>(text[at]);
    const BertKind kind =
        byte < ascii.size() ? (++at, ascii[byte]) : bert_kind(next_code_point(text, at));
    if (kind == BertKind::word) continue;
    if (begin < here) out.push_back({{begin, here}});
    begin = static_cast<std::uint32_t>(at);
    if (kind == BertKind::punctuation) out.push_back({{here, begin}});
  }
  if (begin < range.end) out.push_back({{begin, range.end}});
}

/// Runs of letters and the like, and runs of anything else but white space.
void append_words(std::string_view text, ByteRange range, std::vector<Piece>& out) {
  enum class Kind : std::uint8_t { space, word, other };
  Kind run = Kind::space;
  std::uint32_t begin = range.begin;
  for (std::size_t at = range.begin; at < range.end;) {
    const auto here = static_cast<std::uint32_t>(at);
    const Properties its = properties(next_code_point(text, at));
    const Kind kind = its.has(Property::word)          ? Kind::word
                      : its.has(Property::white_space) ? Kind::space
                                                       : Kind::other;
    if (kind == run) continue;
    if (run != Kind::space) out.push_back({{begin, here}});
    run = kind;
    begin = here;
  }
  if (run != Kind::space) out.push_back({{begin, range.end}});
}

void append_fixed_lengths(std::string_view text, ByteRange range, std::size_t code_points,
                          std::vector<Piece>& out) {
  for (std::size_t at = range.begin; at < range.end;) {
    const auto begin = static_cast<std::uint32_t>(at);
    for (std::size_t n = 0; n < code_points && at < range.end; ++n) next_code_point(text, at);
    out.push_back({{begin, static_cast<std::uint32_t>(at)}});
  }
}

void copy(AlignedText& text, ByteRange range) {
  for (std::size_t at = range.begin; at < range.end;) {
    const std::size_t source = at;
    text.write(next_code_point(text.text(), at), source);
  }
}

/// Splits every piece that is no added token: `split(range)` appends to `out`.
template <typename Split>
void split_each(Segment& segment, std::vector<Piece>& out, const Split& split) {
  out.clear();
  for (const Piece& piece : segment.pieces) {
    if (piece.added == kNoToken) {
      split(piece.range);
    } else {
      out.push_back(piece);
    }
  }
  segment.pieces.swap(out);
}

/// Writes the text of the pieces anew, and what is not of a piece not at all: `write(piece)` writes
/// those that are no added tokens. Pieces may overlap; afterwards they do not.
template <typename Write>
void rewrite_each(Segment& segment, const Write& write) {
  segment.text.begin_rewriting();
  for (Piece& piece : segment.pieces) {
    const std::uint32_t begin = segment.text.written();
    if (piece.added == kNoToken) {
      write(piece);
    } else {
      copy(segment.text, piece.range);
    }
    piece.range = {begin, segment.text.written()};
  }
  segment.text.finish_rewriting();
}

void prefix_with_space(Segment& segment) {
  const auto wants = [&](const Piece& piece) {
    return piece.added == kNoToken && segment.text.text()[piece.range.begin] != ' ';
  };
  if (std::none_of(segment.pieces.begin(), segment.pieces.end(), wants)) return;
  rewrite_each(segment, [&](const Piece& piece) {
    if (wants(piece)) segment.text.write(U' ', piece.range.begin);
    copy(segment.text, piece.range);
  });
}

void write_alphabet(Segment& segment) {
  rewrite_each(segment, [&](const Piece& piece) {
    const std::string_view text = segment.text.text();
    for (std::size_t at = piece.range.begin; at < piece.range.end; ++at) {
      segment.text.write(code_point_of_byte(static_cast<std::uint8_t>(text[at])), at);
    }
  });
}

void replace_spaces(Segment& segment, const Metaspace& metaspace) {
  const std::string_view text = segment.text.text();
  std::size_t behind = 0;
  const char32_t replacement = next_code_point(metaspace.replacement, behind);
  rewrite_each(segment, [&](const Piece& piece) {
    const bool is_first = segment.text.origin(piece.range).begin == 0;
    const bool may = metaspace.prepend == Metaspace::Prepend::always ||
                     (metaspace.prepend == Metaspace::Prepend::first && is_first);
    const bool begins_so = text[piece.range.begin] == ' ' ||
                           segment.text.text(piece.range).starts_with(metaspace.replacement);
    if (may && !begins_so) segment.text.write(replacement, piece.range.begin);
    for (std::size_t at = piece.range.begin; at < piece.range.end;) {
      const std::size_t source = at;
      const char32_t code = next_code_point(text, at);
      segment.text.write(code == ' ' ? replacement : code, source);
    }
  });
}

struct Apply {
  Segment& segment;
  std::vector<Piece>& spare;
  bool keep_bytes;

  template <typename Append>
  void split(const Append& append) const {
    const std::string_view text = segment.text.text();
    split_each(segment, spare, [&](ByteRange range) { append(text, range, spare); });
  }
  void split_by_class(Property property, SplitBehavior behavior) const {
    std::vector<Part> parts;
    split([&](std::string_view text, ByteRange range, std::vector<Piece>& out) {
      part_by_class(text, range, property, parts);
      append_split(parts, behavior, out);
    });
  }

  void operator()(BertPreTokenizer) const { split(append_bert_words); }
  void operator()(Whitespace) const { split(append_words); }
  void operator()(WhitespaceSplit) const {
    split_by_class(Property::white_space, SplitBehavior::removed);
  }
  void operator()(const Digits& digits) const {
    split_by_class(Property::numeric,
                   digits.individual ? SplitBehavior::isolated : SplitBehavior::contiguous);
  }
  void operator()(const Punctuation& punctuation) const {
    split_by_class(Property::punctuation, punctuation.behavior);
  }
  void operator()(const SplitLiteral& literal) const {
    std::vector<Part> parts;
    split([&](std::string_view text, ByteRange range, std::vector<Piece>& out) {
      part_by_literal(text, range, literal.what, parts);
      for (Part& part : parts) part.is_delimiter ^= literal.invert;
      append_split(parts, literal.behavior, out);
    });
  }
  void operator()(const FixedLength& fixed) const {
    split([&](std::string_view text, ByteRange range, std::vector<Piece>& out) {
      append_fixed_lengths(text, range, fixed.code_points, out);
    });
  }
  void operator()(const ByteLevel& bytes) const {
    if (bytes.add_prefix_space) prefix_with_space(segment);
    if (bytes.use_regex) split(append_byte_level_words);
    segment.is_byte_level = keep_bytes;
    if (!keep_bytes) write_alphabet(segment);
  }
  void operator()(const Metaspace& metaspace) const {
    replace_spaces(segment, metaspace);
    if (!metaspace.split) return;
    std::vector<Part> parts;
    split([&](std::string_view text, ByteRange range, std::vector<Piece>& out) {
      part_by_literal(text, range, metaspace.replacement, parts);
      append_split(parts, SplitBehavior::merged_with_next, out);
    });
  }
};

}  // namespace

bool PreTokenizerList::ends_in_byte_level() const {
  return !pre_tokenizers_.empty() && std::holds_alternative<ByteLevel>(pre_tokenizers_.back());
}

void PreTokenizerList::apply(Segment& segment, bool keep_bytes, std::vector<Piece>& spare) const {
  segment.is_byte_level = false;
  for (const PreTokenizer& pre_tokenizer : pre_tokenizers_) {
    if (segment.text.has_overflowed()) return;
    const bool is_last = &pre_tokenizer == &pre_tokenizers_.back();
    std::visit(Apply{segment, spare, keep_bytes && is_last}, pre_tokenizer);
  }
}

}  // namespace turngreen::tokenizer
