#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "turngreen/engine/checkpoint/architecture.h"
#include "turngreen/units/result.h"

namespace turngreen::model {

/// The top is where the head is.
enum class LayerEnd : std::uint8_t { top, bottom };

/// Layers that a model is made without, though its checkpoint has them.
struct DroppedLayers {
  std::int64_t count = 0;
  LayerEnd from = LayerEnd::top;
};

/// The numbers of the layers that stay, in order. ModernBERT's layer 0 always does, and those above
/// it are dropped from the bottom: it is the one without a norm before its attention, and
/// transformers makes whatever layer is the first one like that. Error: none would stay.
Result<std::vector<std::size_t>> kept_layers(const checkpoint::Architecture& architecture,
                                             const DroppedLayers& dropped);

}  // namespace turngreen::model
