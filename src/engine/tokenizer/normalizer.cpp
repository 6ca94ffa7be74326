#include "normalizer.h"

#include "byte_level.h"
#include "unicode.h"
#include "utf8_text.h"

namespace turngreen::tokenizer {
namespace {

/// One code point to one or several: `map(code, add)` calls `add` for each.
template <typename Map>
void rewrite(AlignedText& text, const Map& map) {
  text.begin_rewriting();
  for (std::size_t at = 0; at < text.text().size();) {
    const std::size_t source = at;
    map(next_code_point(text.text(), at), [&](char32_t code) { text.write(code, source); });
  }
  text.finish_rewriting();
}

bool is_nmt_control(char32_t code) {
  return (code >= 0x1 && code <= 0x8) || code == 0xB || (code >= 0xE && code <= 0x1F) ||
         code == 0x7F || code == 0x8F || code == 0x9F;
}

bool is_nmt_space(char32_t code) {
  switch (code) {
    case 0x09:
    case 0x0A:
    case 0x0C:
    case 0x0D:
    case 0x1680:
    case 0x2028:
    case 0x2029:
    case 0x2581:
    case 0xFEFF:
    case 0xFFFD:
      return true;
    default:
      return code >= 0x200B && code <= 0x200F;
  }
}

struct Apply {
  AlignedText& text;

  void operator()(NormalizationForm form) const {
    if (is_ascii(text.text())) return;  // is in every normal form
    std::vector<Change> changes;
    normalize(text.text(), form, changes);
    text.transform(changes);
  }
  void operator()(const BertNormalizer& bert) const { bert.apply(text); }
  void operator()(Lowercase) const { lowercase(text); }
  void operator()(StripAccents) const {
    if (is_ascii(text.text())) return;
    text.filter([](char32_t code) { return !properties(code).has(Property::combining_mark); });
  }
  void operator()(Nmt) const {
    text.filter([](char32_t code) { return !is_nmt_control(code); });
    rewrite(text, [](char32_t code, const auto& add) { add(is_nmt_space(code) ? U' ' : code); });
  }
  void operator()(ByteLevelNormalizer) const {
    rewrite(text, [](char32_t code, const auto& add) {
      std::string bytes;
      append_code_point(bytes, code);
      for (const char byte : bytes) add(code_point_of_byte(static_cast<std::uint8_t>(byte)));
    });
  }
  void operator()(const StripEnds& ends) const {
    if (ends.left || ends.right) text.strip(ends.left, ends.right);
  }
  void operator()(const ReplaceLiteral& literal) const { text.replace(literal.what, literal.with); }
  void operator()(const Prepend& prepend) const { text.prepend(prepend.text); }
};

}  // namespace

void lowercase(AlignedText& text) {
  if (is_ascii(text.text())) {
    for (char& byte : text.writable()) {
      if (byte >= 'A' && byte <= 'Z') byte = static_cast<char>(byte | 0x20);
    }
    return;
  }
  rewrite(text, [](char32_t code, const auto& add) {
    if (!properties(code).has(Property::has_lower)) return add(code);
    for (const char32_t small : lower_case(code)) add(small);
  });
}

void NormalizerList::apply(AlignedText& text) const {
  for (const Normalizer& normalizer : normalizers_) std::visit(Apply{text}, normalizer);
}

}  // namespace turngreen::tokenizer
