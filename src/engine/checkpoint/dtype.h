#pragma once

#include <optional>
#include <string_view>

#include "turngreen/engine/checkpoint/safetensors.h"

namespace turngreen::checkpoint {

/// By the name that safetensors writes.
std::optional<Dtype> dtype_named(std::string_view name);

/// Whether it is a type of the format, supported here or not.
bool is_safetensors_dtype(std::string_view name);

/// The order in which writers of the format put types: those of wide elements first, so that each
/// tensor is aligned.
int place_of(Dtype dtype);

}  // namespace turngreen::checkpoint
