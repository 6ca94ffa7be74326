#pragma once

#include <cstddef>
#include <map>
#include <span>
#include <string>
#include <string_view>

#include "turngreen/engine/checkpoint/safetensors.h"

namespace turngreen::checkpoint {

struct SafetensorsContent {
  std::map<std::string, TensorView, std::less<>> tensors;
  std::map<std::string, std::string> metadata;
};

/// The bytes of a whole file, which the views point into. Error: whatever the format forbids.
Result<SafetensorsContent> parse_safetensors(std::span<const std::byte> bytes,
                                             std::string_view file);

}  // namespace turngreen::checkpoint
