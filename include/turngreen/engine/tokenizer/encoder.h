#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

#include "turngreen/engine/tokenizer/tokenizer.h"
#include "turngreen/units/result.h"

namespace turngreen::tokenizer {

/// Code points [begin, end) of the input, as Python counts characters; (0, 0) for tokens that the
/// post-processor added.
struct CharacterRange {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  friend bool operator==(const CharacterRange&, const CharacterRange&) = default;
};

/// Truncated and post-processed, not padded. Of the same length each; offsets are empty where they
/// were not asked for. Valid until the encoder's next call.
struct Encoding {
  std::span<const std::uint32_t> ids;
  std::span<const std::uint32_t> type_ids;
  std::span<const CharacterRange> offsets;
};

struct EncodeOptions {
  bool add_special_tokens = true;  ///< those of the post-processor
  bool with_offsets = false;
};

/// Encodes one text after the other, remembering the words it has met. One thread at a time; the
/// tokenizer must outlive it. What it gives does not depend on what it encoded before.
class Encoder {
 public:
  explicit Encoder(const Tokenizer& tokenizer);
  Encoder(Encoder&&) noexcept;
  Encoder& operator=(Encoder&&) noexcept;
  ~Encoder();

  /// `text` should be UTF-8. Where it is not, each bad sequence of bytes counts as one U+FFFD (as
  /// with Python's errors="replace"), in the offsets too. Error: longer than kLongestText, or a
  /// tokenizer.json that makes it more than 64 times as long on the way.
  Result<Encoding> encode(std::string_view text, const EncodeOptions& options = {});

  static constexpr std::size_t kLongestText = std::size_t{32} << 20;  ///< bytes

 private:
  class Work;
  std::unique_ptr<Work> work_;
};

}  // namespace turngreen::tokenizer
