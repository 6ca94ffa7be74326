#include "word_piece.h"

#include <fmt/format.h>

#include "segment.h"
#include "turngreen/units/text.h"
#include "utf8_text.h"

namespace turngreen::tokenizer {

Result<WordPiece> WordPiece::build(Vocabulary vocabulary, const WordPieceOptions& options) {
  WordPiece model;
  model.unknown_ = vocabulary.id_of(options.unknown_token);
  if (model.unknown_ == kNoToken) {
    return fail(
        Error::Kind::invalid_input,
        fmt::format("unk_token: the vocabulary lacks {}; add it there, or name one that it has",
                    units::in_quotes(options.unknown_token)));
  }
  for (const auto& [token, id] : vocabulary) model.trie_.insert(token, id);
  model.continuing_ = model.trie_.walk(options.continuing_prefix);
  model.longest_word_ = options.longest_word;
  model.vocabulary_ = std::move(vocabulary);
  return model;
}

void WordPiece::tokenize(std::string_view word, std::vector<WordToken>& out) const {
  out.clear();
  const auto whole = static_cast<std::uint32_t>(word.size());
  if (word.size() > longest_word_ && count_code_points(word) > longest_word_) {
    out.push_back({unknown_, whole});
    return;
  }
  for (std::size_t begin = 0; begin < word.size();) {
    ByteTrie::Node node = begin == 0 ? ByteTrie::kRoot : continuing_;
    WordToken longest{unknown_, 0};
    for (std::size_t at = begin; node != ByteTrie::kNowhere && at < word.size();) {
      node = trie_.step(node, word[at++]);
      if (node != ByteTrie::kNowhere && trie_.value(node) != ByteTrie::kNoValue) {
        longest = {trie_.value(node), static_cast<std::uint32_t>(at - begin)};
      }
    }
    if (longest.length == 0) {
      out.assign(1, {unknown_, whole});
      return;
    }
    out.push_back(longest);
    begin += longest.length;
  }
}

}  // namespace turngreen::tokenizer
