#pragma once

#include <optional>
#include <string_view>

#include "turngreen/engine/checkpoint/architecture.h"

namespace turngreen::checkpoint {

/// By one of transformers' names (ACT2FN), several of which are one function up to rounding.
std::optional<Activation> activation_named(std::string_view name);

std::string_view name_of(Activation activation);

/// Those supported, with commas between.
std::string_view activation_names();

}  // namespace turngreen::checkpoint
