#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace turngreen::linear {

/// What of a text becomes a feature.
enum class Ngrams : std::uint8_t {
  words,       ///< runs of 1 to 3 words and symbols, as they are written
  characters,  ///< runs of 2 to 5 characters within words and their ends, in lower case
  both,
};

/// Features are numbered by a hash ("feature hashing", Weinberger et al. 2009), so that there is no
/// dictionary to build, keep or load.
inline constexpr std::uint32_t kBuckets = 1U << 20;

/// Finds the n-grams of texts. One thread at a time.
class NgramFinder {
 public:
  explicit NgramFinder(Ngrams kind) : kind_(kind) {}

  /// The buckets of the n-grams that occur in the text, each once, in the order in which they first
  /// do. A word is a run of ASCII letters, digits, _ and all that is not ASCII; every other
  /// character that is no white space is a symbol. Any bytes are a text. Valid until the next call.
  std::span<const std::uint32_t> find(std::string_view text);

 private:
  void add_words(std::string_view text);
  void add_characters(std::string_view text);
  void add_characters_of(std::string_view word);
  void add(std::uint64_t hash);
  void grow();

  Ngrams kind_;
  std::vector<std::uint32_t> found_;
  /// An open-addressing set of what is in found_: bucket + 1, or 0.
  std::vector<std::uint32_t> slots_ = std::vector<std::uint32_t>(1024);
  std::string padded_;
};

}  // namespace turngreen::linear
