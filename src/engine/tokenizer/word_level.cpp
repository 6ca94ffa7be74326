#include "word_level.h"

#include <fmt/format.h>

#include "segment.h"
#include "turngreen/units/text.h"

namespace turngreen::tokenizer {

Result<WordLevel> WordLevel::build(Vocabulary vocabulary, const std::string& unknown_token) {
  WordLevel model;
  model.unknown_ = vocabulary.id_of(unknown_token);
  if (model.unknown_ == kNoToken) {
    return fail(
        Error::Kind::invalid_input,
        fmt::format("unk_token: the vocabulary lacks {}; add it there, or name one that it has",
                    units::in_quotes(unknown_token)));
  }
  model.vocabulary_ = std::move(vocabulary);
  return model;
}

void WordLevel::tokenize(std::string_view word, std::vector<WordToken>& out) const {
  const std::uint32_t id = vocabulary_.id_of(word);
  out.assign(1, {id == kNoToken ? unknown_ : id, static_cast<std::uint32_t>(word.size())});
}

}  // namespace turngreen::tokenizer
