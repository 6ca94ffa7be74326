#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "unicode_normalization.h"

namespace turngreen::tokenizer {

/// Bytes [begin, end).
struct ByteRange {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  std::uint32_t size() const { return end - begin; }
  friend bool operator==(const ByteRange&, const ByteRange&) = default;
};

/// A piece of the input as it is rewritten step by step, and for each byte of it the bytes of the
/// input that it stands for. While each byte still stands for itself nothing is kept of that.
///
/// The rewriting follows the reference's NormalizedString to the letter, since its offsets are what
/// it defines them to be; see normalizer.rs of tokenizers.
class AlignedText {
 public:
  /// Begins anew with input[range], reusing the memory.
  void assign(std::string_view input, ByteRange range);

  std::string_view text() const { return text_; }
  std::string_view text(ByteRange range) const {
    return std::string_view(text_).substr(range.begin, range.size());
  }
  bool empty() const { return text_.empty(); }
  /// It would have become more than kMostGrowth times as long as the input (and 1 MiB), as only a
  /// tokenizer.json with that in mind makes it; what is beyond has been left out.
  bool has_overflowed() const { return has_overflowed_; }
  static constexpr std::size_t kMostGrowth = 64;

  /// The input that text()[range] stands for; `range` must not be empty. Beyond the end it is
  /// returned as it is, as the reference does.
  ByteRange origin(ByteRange range) const;

  /// For changes that keep every position: the caller writes as many bytes, with code points
  /// beginning where they began.
  std::span<char> writable() { return text_; }

  /// Replaces the whole text; `skipped` code points of it have been left out at the beginning.
  void transform(std::span<const Change> changes, std::size_t skipped = 0);
  /// Writes a new text, which replaces the old one at `finish`: each code point stands for what the
  /// old byte at `source` stands for.
  void begin_rewriting();
  void write(char32_t code, std::size_t source);
  std::uint32_t written() const { return static_cast<std::uint32_t>(new_text_.size()); }
  void finish_rewriting();
  /// Leaves out the code points that are not kept.
  void filter(const std::function<bool(char32_t)>& keep);
  /// Nothing is put before nothing.
  void prepend(std::string_view prefix);
  /// Every occurrence of `what`, which must not be empty.
  void replace(std::string_view what, std::string_view with);
  /// White space at the ends.
  void strip(bool left, bool right);

 private:
  void materialise();

  std::string text_;
  std::vector<ByteRange> alignment_;  ///< one for each byte; none while is_identity_
  ByteRange input_;                   ///< where the piece is in the input
  bool is_identity_ = true;
  bool has_overflowed_ = false;
  std::size_t most_ = 0;  ///< bytes that the text may have

  // Kept between calls for their memory.
  std::string new_text_;
  std::vector<ByteRange> new_alignment_;
  std::vector<Change> changes_;
};

}  // namespace turngreen::tokenizer
