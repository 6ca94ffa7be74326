#include "turngreen/units/nearest_word.h"

#include <algorithm>
#include <vector>

namespace turngreen::units {
namespace {

// Optimal string alignment distance: Levenshtein's, and a swap of neighbours counts as one change.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before_last(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t change = a[i - 1] == b[j - 1] ? 0 : 1;
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + change});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        row[j] = std::min(row[j], before_last[j - 2] + 1);
      }
    }
    before_last.swap(last);
    last.swap(row);
  }
  return last[b.size()];
}

template <typename Word>
std::optional<std::string> nearest(std::string_view text, std::span<const Word> words) {
  constexpr std::size_t kLongestWord = 64;
  if (text.empty() || text.size() > kLongestWord) return std::nullopt;
  std::optional<std::string> nearest;
  std::size_t least = 0;
  for (const Word& word : words) {
    const std::size_t far = distance(text, word);
    const std::size_t allowed = std::max<std::size_t>(1, std::max(text.size(), word.size()) / 3);
    if (far <= allowed && (!nearest || far < least)) {
      nearest = std::string(word);
      least = far;
    }
  }
  return nearest;
}

}  // namespace

std::optional<std::string> nearest_word(std::string_view text, std::span<const std::string> words) {
  return nearest(text, words);
}

std::optional<std::string> nearest_word(std::string_view text,
                                        std::span<const std::string_view> words) {
  return nearest(text, words);
}

}  // namespace turngreen::units
