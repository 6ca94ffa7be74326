#pragma once

#include <span>
#include <string_view>

#include "turngreen/engine/checkpoint/architecture.h"

namespace turngreen::checkpoint {

/// All that are supported.
std::span<const Family> families();

/// Its model_type in config.json: "bert".
std::string_view name_of(Family family);

}  // namespace turngreen::checkpoint
