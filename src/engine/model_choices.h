#pragma once

#include <array>

#include "model/dropped_layers.h"
#include "option_choice.h"

namespace turngreen::engine {

// How the options of what `train` makes of a model name their values.

inline constexpr std::array<Choice<model::LayerEnd>, 2> kLayerEnds = {
    {{"top", model::LayerEnd::top}, {"bottom", model::LayerEnd::bottom}}};

}  // namespace turngreen::engine
