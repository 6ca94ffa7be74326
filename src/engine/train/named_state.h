#pragma once

#include <ATen/core/Tensor.h>

#include <string>
#include <utility>
#include <vector>

namespace turngreen::train {

/// What an optimizer keeps from step to step, by name: to be saved, and to be copied into.
using NamedState = std::vector<std::pair<std::string, at::Tensor>>;

}  // namespace turngreen::train
