#include "weight_files.h"

#include <fmt/format.h>

#include "json_file.h"
#include "plain_name.h"
#include "turngreen/engine/files/whole_file.h"
#include "turngreen/units/text.h"

namespace turngreen::checkpoint {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kLargestIndex = 64U << 20;  // bytes
constexpr std::size_t kMostShards = 1'000;

tl::unexpected<Error> no_weights(const fs::path& folder) {
  constexpr const char* kOthers[] = {"pytorch_model.bin", "pytorch_model.bin.index.json",
                                     "tf_model.h5", "flax_model.msgpack"};
  for (const char* other : kOthers) {
    std::error_code ignored;
    if (!fs::exists(folder / other, ignored)) continue;
    return fail(
        Error::Kind::unsupported,
        fmt::format("{}: only safetensors are read; convert it with Python's transformers: "
                    "AutoModelForSequenceClassification.from_pretrained(\"{}\")"
                    ".save_pretrained(\"NEW_FOLDER\"), and copy the tokenizer's files there",
                    (folder / other).string(), folder.string()));
  }
  return fail(Error::Kind::not_found,
              fmt::format("{}: holds neither model.safetensors nor model.safetensors.index.json",
                          folder.string()));
}

/// Takes the file's tensors over.
Result<void> add(WeightFiles& weights, SafetensorsFile file, const fs::path& path) {
  for (const auto& [name, tensor] : file.tensors()) {
    if (weights.tensors.emplace(name, tensor).second) continue;
    return fail(Error::Kind::invalid_input, fmt::format("{}: tensor {}: another shard has it too",
                                                        path.string(), units::in_quotes(name)));
  }
  weights.files.push_back(std::move(file));
  return {};
}

Result<WeightFiles> open_shards(const fs::path& folder, const fs::path& index) {
  const auto text = files::read_whole_file(index, kLargestIndex);
  if (!text) return tl::unexpected<Error>(text.error());
  const auto shards = parse_weight_index(*text, index.string());
  if (!shards) return tl::unexpected<Error>(shards.error());
  WeightFiles weights;
  for (const auto& [shard, names] : *shards) {
    const fs::path path = folder / shard;
    auto file = SafetensorsFile::open(path);
    if (!file) return tl::unexpected<Error>(std::move(file.error()));
    for (const std::string& name : names) {
      if (file->tensors().contains(name)) continue;
      return fail(Error::Kind::invalid_input,
                  fmt::format("{}: tensor {} is not in it, though {} says so", path.string(),
                              units::in_quotes(name), index.filename().string()));
    }
    if (auto added = add(weights, std::move(*file), path); !added) {
      return tl::unexpected<Error>(std::move(added.error()));
    }
  }
  return weights;
}

}  // namespace

Result<std::map<std::string, std::vector<std::string>>> parse_weight_index(std::string_view text,
                                                                           std::string_view name) {
  fields::Faults faults(name);
  const auto file = fields::parse_json(text, faults);
  if (!file) return tl::unexpected<Error>(faults.error());
  const fields::JsonFields fields(*file, "", faults);
  fields.object("weight_map");
  if (!faults.empty()) return tl::unexpected<Error>(faults.error());

  std::map<std::string, std::vector<std::string>> shards;
  for (const auto& [tensor, shard] : file->at("weight_map").items()) {
    const bool is_plain = shard.is_string() && is_plain_name(shard.get_ref<const std::string&>());
    if (!is_plain) {
      faults.add(Error::Kind::invalid_input, "weight_map",
                 fmt::format("the shard of {} must be the name of a file in the same folder",
                             units::in_quotes(tensor)));
      return tl::unexpected<Error>(faults.error());
    }
    shards[shard.get_ref<const std::string&>()].push_back(tensor);
  }
  if (shards.empty() || shards.size() > kMostShards) {
    faults.add(
        Error::Kind::invalid_input, "weight_map",
        fmt::format("{} shards are named, where 1 to {} belong", shards.size(), kMostShards));
    return tl::unexpected<Error>(faults.error());
  }
  return shards;
}

Result<WeightFiles> open_weights(const fs::path& folder) {
  std::error_code ignored;
  const fs::path whole = folder / "model.safetensors";
  if (fs::exists(whole, ignored)) {
    auto file = SafetensorsFile::open(whole);
    if (!file) return tl::unexpected<Error>(std::move(file.error()));
    WeightFiles weights;
    if (auto added = add(weights, std::move(*file), whole); !added) {
      return tl::unexpected<Error>(std::move(added.error()));
    }
    return weights;
  }
  const fs::path index = folder / "model.safetensors.index.json";
  if (fs::exists(index, ignored)) return open_shards(folder, index);
  return no_weights(folder);
}

}  // namespace turngreen::checkpoint
