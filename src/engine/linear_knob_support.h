#pragma once

#include <string_view>

#include "engine_knobs.h"

namespace turngreen::engine {

// What the knobs can be set to that the model family hashed_linear brings along, in any build.
KnobSupport model_family_support(std::string_view why_no_transformer);  ///< empty: there is one
KnobSupport ngrams_support();
KnobSupport l2_support();

}  // namespace turngreen::engine
