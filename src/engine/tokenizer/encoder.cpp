#include "turngreen/engine/tokenizer/encoder.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "bpe_word.h"
#include "tokenizer_parts.h"
#include "utf8_text.h"
#include "word_cache.h"

namespace turngreen::tokenizer {

/// The state of an encoder: buffers that live from call to call, and the cache.
class Encoder::Work {
 public:
  explicit Work(const Tokenizer& tokenizer) : parts_(tokenizer.parts()) {}

  Result<Encoding> encode(std::string_view text, const EncodeOptions& options) {
    if (text.size() > kLongestText) {
      return fail(Error::Kind::unsupported,
                  fmt::format("a text of {} bytes, where one may have {} at most", text.size(),
                              kLongestText));
    }
    text_ = text;
    is_ascii_ = is_ascii(text);
    if (!is_ascii_ && !is_utf8(text)) text_ = replaced_ = with_replacements(text);
    with_offsets_ = options.with_offsets;
    begin_limit(options);
    if (!encode_sequence()) {
      return fail(Error::Kind::unsupported,
                  fmt::format("this tokenizer.json makes a text more than {} times as long",
                              AlignedText::kMostGrowth));
    }
    truncate();
    offsets_.clear();
    if (with_offsets_) finish_offsets();
    finish(options.add_special_tokens);
    return Encoding{ids_out_, type_ids_, offsets_out_};
  }

 private:
  static constexpr std::size_t kNoLimit = ~std::size_t{0};

  void begin_limit(const EncodeOptions& options) {
    limit_ = kNoLimit;
    if (!parts_.truncation) return;
    const std::size_t added = options.add_special_tokens ? parts_.post_processor.added() : 0;
    limit_ = parts_.truncation->max_length - added;
  }
  /// No token from here on would be kept, however many follow.
  bool is_full() const {
    return limit_ < ids_.size() && parts_.truncation->direction == Direction::right;
  }

  /// False where a text grows beyond what it may.
  bool encode_sequence() {
    ids_.clear();
    origins_.clear();
    blanks_.clear();
    raw_.clear();
    const auto whole = static_cast<std::uint32_t>(text_.size());
    parts_.added.raw().split(text_, {0, whole}, raw_);
    for (const Piece& piece : raw_) {
      if (is_full()) return true;
      if (piece.added != kNoToken) {
        add(piece.added, piece.range, text_.substr(piece.range.begin, piece.range.size()));
      } else if (!encode_segment(piece.range)) {
        return false;
      }
    }
    return true;
  }

  bool encode_segment(ByteRange range) {
    segment_.text.assign(text_, range);
    parts_.normalizers.apply(segment_.text);
    segment_.pieces.clear();
    const auto whole = static_cast<std::uint32_t>(segment_.text.text().size());
    parts_.added.normalized().split(segment_.text.text(), {0, whole}, segment_.pieces);
    parts_.pre_tokenizers.apply(segment_, parts_.uses_bytes, spare_);
    if (segment_.text.has_overflowed()) return false;
    for (const Piece& piece : segment_.pieces) {
      if (is_full()) return true;
      if (piece.added != kNoToken) {
        add(piece.added, origin(piece.range), segment_.text.text(piece.range));
      } else {
        encode_word(piece.range);
      }
    }
    return true;
  }

  void encode_word(ByteRange range) {
    const std::string_view word = segment_.text.text(range);
    if (word.size() <= WordCache::kLongestWord) {
      if (const WordCache::Entry* entry = cache_.find(word)) {
        ids_.insert(ids_.end(), entry->ids.begin(), entry->ids.begin() + entry->count);
        if (!with_offsets_) return;
        std::uint32_t begin = range.begin;
        for (std::size_t n = 0; n < entry->count; ++n) {
          begin = add_origin(entry->ids[n], range, begin, entry->lengths[n]);
        }
        return;
      }
    }
    tokenize(word);
    if (word.size() <= WordCache::kLongestWord) cache_.insert(tokens_);
    std::uint32_t begin = range.begin;
    for (const WordToken& token : tokens_) {
      ids_.push_back(token.id);
      if (with_offsets_) begin = add_origin(token.id, range, begin, token.length);
    }
  }

  void tokenize(std::string_view word) {
    if (const auto* bpe = std::get_if<Bpe>(&parts_.model)) {
      if (segment_.is_byte_level) {
        bpe->tokenize_bytes(word, bpe_word_, tokens_);
      } else {
        bpe->tokenize(word, bpe_word_, tokens_);
      }
    } else if (const auto* word_piece = std::get_if<WordPiece>(&parts_.model)) {
      word_piece->tokenize(word, tokens_);
    } else {
      std::get<WordLevel>(parts_.model).tokenize(word, tokens_);
    }
  }

  ByteRange origin(ByteRange range) const {
    return with_offsets_ ? segment_.text.origin(range) : range;
  }

  /// Where the next token of the word begins.
  std::uint32_t add_origin(std::uint32_t id, ByteRange word, std::uint32_t begin,
                           std::uint32_t length) {
    const std::uint32_t end = begin + length;
    // Bytes that the model made up reach beyond the word: the reference then gives what it counted.
    origins_.push_back(end <= word.end ? segment_.text.origin({begin, end})
                                       : ByteRange{begin - word.begin, end - word.begin});
    if (!parts_.blanks.empty()) blanks_.push_back(parts_.blanks[id]);
    return end;
  }

  void add(std::uint32_t id, ByteRange origin, std::string_view text) {
    ids_.push_back(id);
    if (!with_offsets_) return;
    origins_.push_back(origin);
    if (!parts_.blanks.empty()) blanks_.push_back(blanks_of(text));
  }

  void truncate() {
    if (ids_.size() <= limit_) return;
    const bool keeps_end = parts_.truncation->direction == Direction::left;
    const auto cut = [&](auto& values) {
      if (values.empty()) return;
      const std::size_t surplus = values.size() - limit_;
      if (keeps_end)
        values.erase(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(surplus));
      values.resize(limit_);
    };
    cut(ids_);
    cut(origins_);
    cut(blanks_);
  }

  void finish_offsets() {
    index_characters();
    for (const ByteRange& origin : origins_) offsets_.push_back(characters(origin));
    for (const TrimOffsets& how : parts_.post_processor.trims) trim(offsets_, blanks_, how);
  }

  /// For each byte, of which character it is.
  void index_characters() {
    characters_.clear();
    if (is_ascii_) return;
    std::uint32_t character = ~std::uint32_t{0};
    for (const char byte : text_) {
      character += begins_code_point(byte) ? 1U : 0U;
      characters_.push_back(character);
    }
  }

  CharacterRange characters(ByteRange bytes) const {
    const auto size = static_cast<std::uint32_t>(text_.size());
    const auto at = [&](std::uint32_t byte) { return is_ascii_ ? byte : characters_[byte]; };
    if (bytes.begin >= size) return {bytes.begin, bytes.end};  // as the reference does
    const std::uint32_t begin = at(bytes.begin);
    if (bytes.end < size) return {begin, at(bytes.end)};
    return {begin, (bytes.end - 1 < size ? at(bytes.end - 1) : begin + 1) + 1};
  }

  void finish(bool add_special_tokens) {
    const PostProcessor& processor = parts_.post_processor;
    if (processor.is_plain()) {
      type_ids_.assign(ids_.size(), 0);
      ids_out_ = ids_;
      offsets_out_ = offsets_;
      return;
    }
    type_ids_.clear();
    processed_ids_.clear();
    processed_offsets_.clear();
    for (const TemplatePart& part : processor.parts) {
      if (part.is_sequence) {
        processed_ids_.insert(processed_ids_.end(), ids_.begin(), ids_.end());
        if (with_offsets_) {
          processed_offsets_.insert(processed_offsets_.end(), offsets_.begin(), offsets_.end());
        }
      } else if (add_special_tokens) {
        processed_ids_.push_back(part.id);
        if (with_offsets_) processed_offsets_.push_back({});
      }
      type_ids_.resize(processed_ids_.size(), part.type_id);
    }
    ids_out_ = processed_ids_;
    offsets_out_ = processed_offsets_;
  }

  const TokenizerParts& parts_;
  WordCache cache_;
  std::string replaced_;   ///< the text where it was no UTF-8
  std::string_view text_;  ///< the one being encoded
  bool is_ascii_ = false;
  bool with_offsets_ = false;
  std::size_t limit_ = kNoLimit;  ///< tokens of the sequence itself

  std::vector<Piece> raw_;
  Segment segment_;
  std::vector<Piece> spare_;
  BpeWord bpe_word_;
  std::vector<WordToken> tokens_;  ///< of a word

  std::vector<std::uint32_t> ids_;
  std::vector<ByteRange> origins_;  ///< bytes of text_
  std::vector<Blanks> blanks_;
  std::vector<std::uint32_t> characters_;
  std::vector<CharacterRange> offsets_;

  std::vector<std::uint32_t> processed_ids_;
  std::vector<CharacterRange> processed_offsets_;
  std::vector<std::uint32_t> type_ids_;
  std::span<const std::uint32_t> ids_out_;
  std::span<const CharacterRange> offsets_out_;
};

Encoder::Encoder(const Tokenizer& tokenizer) : work_(std::make_unique<Work>(tokenizer)) {}
Encoder::Encoder(Encoder&&) noexcept = default;
Encoder& Encoder::operator=(Encoder&&) noexcept = default;
Encoder::~Encoder() = default;

Result<Encoding> Encoder::encode(std::string_view text, const EncodeOptions& options) {
  return work_->encode(text, options);
}

}  // namespace turngreen::tokenizer
