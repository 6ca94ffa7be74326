#pragma once

#include <c10/core/Device.h>

#include <vector>

#include "engine_knobs.h"
#include "turngreen/engine/checkpoint/model_folder.h"

namespace turngreen::engine {

/// What each of engine_knobs() can be set to on that device, for that model or, where it is null,
/// for none in particular.
std::vector<KnobSupport> knob_support(at::Device device, const checkpoint::ModelFolder* model);

}  // namespace turngreen::engine
