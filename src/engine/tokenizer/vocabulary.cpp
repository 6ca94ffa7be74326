#include "vocabulary.h"

#include "segment.h"

namespace turngreen::tokenizer {

std::uint32_t Vocabulary::id_of(std::string_view token) const {
  const auto found = ids_.find(token);
  return found == ids_.end() ? kNoToken : found->second;
}

}  // namespace turngreen::tokenizer
