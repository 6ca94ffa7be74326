#include <cstddef>
#include <cstdint>
#include <string_view>

#include "require.h"
#include "turngreen/engine/checkpoint/model_config.h"

namespace turngreen::checkpoint {
namespace {

using fuzz::require;

void check_shape(const Architecture& shape) {
  require(shape.hidden > 0 && shape.heads > 0 && shape.hidden % shape.heads == 0,
          "heads divide the features");
  require(!shape.layers.empty(), "a model has a layer");
  require(!shape.pad_id || (*shape.pad_id >= 0 && *shape.pad_id < shape.vocabulary),
          "the padding token is in the vocabulary");
  for (const LayerAttention& layer : shape.layers) {
    require(!layer.reach || *layer.reach >= 0, "a window is none or reaches somewhere");
    require((layer.rope_theta > 0) == (shape.family == Family::modernbert),
            "a rotary embedding is ModernBERT's");
  }
}

/// The input is a config.json.
void feed(std::string_view input) {
  const auto config = parse_model_config(input, "config.json");
  if (!config) {
    require(config.error().message.starts_with("config.json"), "a fault names the file");
    return;
  }
  check_shape(config->architecture);
  const auto again = parse_model_config(model_config_json(*config), "config.json");
  require(again.has_value(), "what is written is read");
  require(again->architecture == config->architecture, "writing keeps the architecture");
  require(again->labels == config->labels, "writing keeps the labels");

  ModelConfig shorter = *config;
  shorter.architecture.layers.erase(shorter.architecture.layers.begin());
  if (shorter.architecture.layers.empty()) return;
  const auto cut = parse_model_config(model_config_json(shorter), "config.json");
  require(cut && cut->architecture == shorter.architecture, "a layer less is written");
}

}  // namespace
}  // namespace turngreen::checkpoint

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  turngreen::checkpoint::feed({reinterpret_cast<const char*>(data), size});
  return 0;
}
