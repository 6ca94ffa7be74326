#include "byte_level.h"

#include <array>

#include "unicode.h"
#include "utf8_text.h"

namespace turngreen::tokenizer {
namespace {

constexpr bool is_printable(unsigned byte) {
  return (byte >= '!' && byte <= '~') || (byte >= 0xA1 && byte <= 0xAC) || byte >= 0xAE;
}

constexpr std::array<char32_t, 256> make_alphabet() {
  std::array<char32_t, 256> alphabet{};
  char32_t next = 256;
  for (char32_t byte = 0; byte < 256; ++byte) alphabet[byte] = is_printable(byte) ? byte : next++;
  return alphabet;
}

constexpr std::array<char32_t, 256> kAlphabet = make_alphabet();

enum class Kind : std::uint8_t { letter, number, space, other };

constexpr bool is_letter(unsigned byte) { return (byte | 0x20) >= 'a' && (byte | 0x20) <= 'z'; }

constexpr std::array<Kind, 128> make_ascii_kinds() {
  std::array<Kind, 128> kinds{};
  for (unsigned byte = 0; byte < 128; ++byte) {
    kinds[byte] = is_letter(byte)                                 ? Kind::letter
                  : byte >= '0' && byte <= '9'                    ? Kind::number
                  : byte == ' ' || (byte >= '\t' && byte <= '\r') ? Kind::space
                                                                  : Kind::other;
  }
  return kinds;
}

constexpr std::array<Kind, 128> kAsciiKinds = make_ascii_kinds();

/// Reads the kinds of a text's code points, one after the other.
class Reader {
 public:
  Reader(std::string_view text, std::size_t end) : text_(text), end_(end) {}

  /// Of the code point at `at`, which `after` is set behind.
  Kind kind_at(std::size_t at, std::size_t& after) const {
    const auto byte = static_cast<unsigned char>(text_[at]);
    if (byte < 0x80) {
      after = at + 1;
      return kAsciiKinds[byte];
    }
    after = at;
    const Properties its = properties(next_code_point(text_, after));
    if (its.has(Property::letter)) return Kind::letter;
    if (its.has(Property::number)) return Kind::number;
    return its.has(Property::regex_space) ? Kind::space : Kind::other;
  }

  /// Behind the code points from `at` on that are of this kind.
  std::size_t skip(std::size_t at, Kind kind) const {
    for (std::size_t after = at; at < end_ && kind_at(at, after) == kind;) at = after;
    return at;
  }

  /// Behind white space: where text follows, the last of it is left to that.
  std::size_t skip_space(std::size_t at) const {
    std::size_t last = at;
    const std::size_t begin = at;
    for (std::size_t after = at; at < end_ && kind_at(at, after) == Kind::space; at = after)
      last = at;
    return at == end_ || last == begin ? at : last;
  }

  /// Behind 's, 't, 're, 've, 'm, 'll or 'd at `at`, or `at` where there is none.
  std::size_t skip_contraction(std::size_t at) const {
    const auto letter = [&](std::size_t n) { return at + n < end_ ? text_[at + n] : '\0'; };
    const char first = letter(1);
    if (first == 's' || first == 't' || first == 'm' || first == 'd') return at + 2;
    const char second = letter(2);
    const bool is_long = (first == 'r' && second == 'e') || (first == 'v' && second == 'e') ||
                         (first == 'l' && second == 'l');
    return is_long ? at + 3 : at;
  }

 private:
  std::string_view text_;
  std::size_t end_;
};

}  // namespace

char32_t code_point_of_byte(std::uint8_t byte) { return kAlphabet[byte]; }

std::optional<std::string> bytes_of_alphabet(std::string_view text) {
  static const auto bytes = [] {
    std::array<std::int16_t, 512> table;
    table.fill(-1);
    for (std::size_t byte = 0; byte < kAlphabet.size(); ++byte) {
      table[kAlphabet[byte]] = static_cast<std::int16_t>(byte);
    }
    return table;
  }();
  std::string result;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t code = next_code_point(text, at);
    if (code >= bytes.size() || bytes[code] < 0) return std::nullopt;
    result += static_cast<char>(bytes[code]);
  }
  return result;
}

void append_byte_level_words(std::string_view text, ByteRange range, std::vector<Piece>& out) {
  const Reader reader(text, range.end);
  std::size_t at = range.begin;
  while (at < range.end) {
    const std::size_t begin = at;
    if (text[at] == '\'') at = reader.skip_contraction(at);
    if (at == begin) {
      std::size_t after = at;
      Kind kind = reader.kind_at(at, after);
      if (kind == Kind::space && text[at] == ' ' && after < range.end) {
        const std::size_t word = after;
        const Kind next = reader.kind_at(word, after);
        if (next != Kind::space) kind = next;
      }
      at = kind == Kind::space ? reader.skip_space(begin) : reader.skip(after, kind);
    }
    out.push_back({{static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(at)}});
  }
}

}  // namespace turngreen::tokenizer
