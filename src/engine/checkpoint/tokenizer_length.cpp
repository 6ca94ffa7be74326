#include "tokenizer_length.h"

#include <fmt/format.h>

#include <utility>

#include "folder_json.h"

namespace turngreen::checkpoint {

Result<std::int64_t> read_max_length(const std::filesystem::path& folder, std::int64_t most) {
  constexpr std::pair<const char*, const char*> kSources[] = {
      {"tokenizer_config.json", "model_max_length"},
      {"sentence_bert_config.json", "max_seq_length"},
  };
  for (const auto& [name, field] : kSources) {
    const auto file = read_optional_json(folder / name);
    if (!file) return tl::unexpected<Error>(file.error());
    if (file->is_null()) continue;
    fields::Faults faults((folder / name).string());
    const fields::JsonFields fields(*file, "", faults);
    const double length = fields.real(field, static_cast<double>(most));
    if (!(length >= 1))
      fields.invalid(field, fmt::format("{} is here, where 1 or more belongs", length));
    if (!faults.empty()) return tl::unexpected<Error>(faults.error());
    if (length < static_cast<double>(most)) most = static_cast<std::int64_t>(length);
  }
  return most;
}

}  // namespace turngreen::checkpoint
