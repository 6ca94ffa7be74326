#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "byte_trie.h"
#include "normalizer.h"
#include "segment.h"
#include "turngreen/units/result.h"

namespace turngreen::tokenizer {

/// A token that is found in the text as it stands, before the model sees any of it.
struct AddedToken {
  std::string content;
  bool single_word = false;  ///< not where a word goes on before or after it
  bool lstrip = false;       ///< takes the white space before it
  bool rstrip = false;       ///< takes the white space after it
  bool normalized = true;    ///< is looked for in the normalized text, normalized itself
  bool special = false;
};

/// One pass: the tokens that are looked for together.
class AddedTokenPass {
 public:
  /// Error: another token of the pass has this text.
  Result<void> add(std::string_view text, std::uint32_t id, const AddedToken& token);
  bool empty() const { return tokens_.empty(); }

  /// Appends the pieces of text[range], tokens and what is between them: the leftmost token, and of
  /// those that begin there the longest.
  void split(std::string_view text, ByteRange range, std::vector<Piece>& out) const;

 private:
  struct Entry {
    std::uint32_t id;
    AddedToken token;
  };
  struct Match {
    std::size_t end = 0;
    const Entry* entry = nullptr;
  };
  Match match_at(std::string_view text, std::size_t at) const;

  ByteTrie trie_;  ///< values are indices into tokens_
  std::vector<Entry> tokens_;
  bool begins_[256] = {};  ///< bytes that a token begins with
};

/// The two passes of the reference: over the raw input, and over the normalized text of what that
/// leaves.
class AddedTokens {
 public:
  /// A token that `id_of` does not know gets the next id from `vocabulary_size` on, as in the
  /// reference, which ignores the ids in the file. `place` names the tokens in errors.
  static Result<AddedTokens> build(
      std::vector<AddedToken> tokens, std::size_t vocabulary_size,
      const std::function<std::uint32_t(std::string_view)>& id_of,  ///< kNoToken where unknown
      const NormalizerList& normalizers, std::string_view place);

  const AddedTokenPass& raw() const { return raw_; }
  const AddedTokenPass& normalized() const { return normalized_; }
  const std::map<std::uint32_t, AddedToken>& by_id() const { return by_id_; }

 private:
  AddedTokenPass raw_;
  AddedTokenPass normalized_;
  std::map<std::uint32_t, AddedToken> by_id_;
};

}  // namespace turngreen::tokenizer
