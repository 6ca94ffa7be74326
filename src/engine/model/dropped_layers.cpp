#include "model/dropped_layers.h"

#include <fmt/format.h>

namespace turngreen::model {

Result<std::vector<std::size_t>> kept_layers(const checkpoint::Architecture& architecture,
                                             const DroppedLayers& dropped) {
  const auto layers = static_cast<std::int64_t>(architecture.layers.size());
  if (dropped.count < 0 || dropped.count >= layers) {
    return fail(Error::Kind::invalid_input,
                fmt::format("layers_dropped {}: this model has {} layers, and one must stay; drop "
                            "0 to {}",
                            dropped.count, layers, layers - 1));
  }
  const bool has_special_first = architecture.family == checkpoint::Family::modernbert;
  std::int64_t first = layers - dropped.count;
  if (dropped.from == LayerEnd::bottom) first = has_special_first ? 1 : 0;
  std::vector<std::size_t> kept;
  for (std::int64_t layer = 0; layer < layers; ++layer) {
    if (layer < first || layer >= first + dropped.count)
      kept.push_back(static_cast<std::size_t>(layer));
  }
  return kept;
}

}  // namespace turngreen::model
