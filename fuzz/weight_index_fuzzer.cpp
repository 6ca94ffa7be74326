#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string_view>

#include "engine/checkpoint/weight_files.h"
#include "require.h"

namespace turngreen::checkpoint {
namespace {

using fuzz::require;

/// The input is a model.safetensors.index.json.
void feed(std::string_view input) {
  const auto shards = parse_weight_index(input, "index.json");
  if (!shards) {
    require(shards.error().message.starts_with("index.json"), "a fault names the file");
    return;
  }
  require(!shards->empty(), "a model has a shard");
  const std::filesystem::path folder = "/model";
  for (const auto& [shard, names] : *shards) {
    require((folder / shard).lexically_normal().parent_path() == folder,
            "a shard is in the folder");
    require(!names.empty(), "a shard has a tensor");
  }
}

}  // namespace
}  // namespace turngreen::checkpoint

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  turngreen::checkpoint::feed({reinterpret_cast<const char*>(data), size});
  return 0;
}
