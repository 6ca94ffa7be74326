#include "model/check_ids.h"

#include <fmt/format.h>

#include <algorithm>

namespace turngreen::model {

Result<void> check_ids(const data::Examples& examples, const checkpoint::Architecture& architecture,
                       std::string_view file) {
  const auto unknown = std::find_if(examples.ids.begin(), examples.ids.end(), [&](std::int32_t id) {
    return id < 0 || id >= architecture.vocabulary;
  });
  if (unknown == examples.ids.end()) return {};
  const auto next = std::upper_bound(examples.starts.begin(), examples.starts.end(),
                                     unknown - examples.ids.begin());
  const auto example = static_cast<std::size_t>(next - examples.starts.begin() - 1);
  return fail(Error::Kind::invalid_input,
              fmt::format("{}: row {} has the token id {}, and the model knows those below {} "
                          "(vocab_size in its config.json); take the tokenizer.json that belongs "
                          "to the model",
                          file, examples.rows[example], *unknown, architecture.vocabulary));
}

}  // namespace turngreen::model
