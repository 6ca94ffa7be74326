#include "bert_normalizer.h"

#include <array>

#include "normalizer.h"
#include "unicode.h"
#include "utf8_text.h"

namespace turngreen::tokenizer {
namespace {

bool is_kept(char32_t code) {
  if (code == '\t' || code == '\n' || code == '\r') return true;
  return code != 0 && code != 0xFFFD && !properties(code).has(Property::other);
}

constexpr char kDropped = '\0';

/// What each ASCII byte becomes; kDropped where it goes.
std::array<char, 256> ascii_table(bool clean_text, bool lowercase) {
  std::array<char, 256> table{};
  for (unsigned byte = 0; byte < table.size(); ++byte) {
    auto character = static_cast<char>(byte);
    if (byte >= 128 || (clean_text && !is_kept(byte))) character = kDropped;
    if (clean_text && byte >= '\t' && byte <= '\r' && character != kDropped) character = ' ';
    if (lowercase && character >= 'A' && character <= 'Z')
      character = static_cast<char>(character | 0x20);
    table[byte] = character;
  }
  return table;
}

/// True when all is ASCII of which nothing goes: then each byte has been replaced in its place.
bool apply_in_place(AlignedText& text, const std::array<char, 256>& table) {
  bool all_kept = true;
  for (const char byte : text.text()) {
    all_kept &= table[static_cast<unsigned char>(byte)] != kDropped;
  }
  if (!all_kept) return false;
  for (char& byte : text.writable()) byte = table[static_cast<unsigned char>(byte)];
  return true;
}

void clean(AlignedText& text) {
  text.filter(is_kept);
  text.begin_rewriting();
  for (std::size_t at = 0; at < text.text().size();) {
    const std::size_t source = at;
    const char32_t code = next_code_point(text.text(), at);
    text.write(properties(code).has(Property::white_space) ? U' ' : code, source);
  }
  text.finish_rewriting();
}

void put_blanks_around_chinese(AlignedText& text) {
  text.begin_rewriting();
  for (std::size_t at = 0; at < text.text().size();) {
    const std::size_t source = at;
    const char32_t code = next_code_point(text.text(), at);
    const bool alone = is_chinese(code);
    if (alone) text.write(U' ', source);
    text.write(code, source);
    if (alone) text.write(U' ', source);
  }
  text.finish_rewriting();
}

void strip_marks(AlignedText& text) {
  std::vector<Change> changes;
  normalize(text.text(), NormalizationForm::nfd, changes);
  text.transform(changes);
  text.filter([](char32_t code) { return !properties(code).has(Property::nonspacing_mark); });
}

}  // namespace

void BertNormalizer::apply(AlignedText& text) const {
  static const std::array<std::array<char, 256>, 4> kTables = {
      ascii_table(false, false), ascii_table(false, true), ascii_table(true, false),
      ascii_table(true, true)};
  if (apply_in_place(text, kTables[(clean_text ? 2U : 0U) + (lowercase ? 1U : 0U)])) return;
  if (clean_text) clean(text);
  if (handle_chinese_chars) put_blanks_around_chinese(text);
  if (strip_accents.value_or(lowercase)) strip_marks(text);
  if (lowercase) tokenizer::lowercase(text);
}

}  // namespace turngreen::tokenizer
