#pragma once

#include <ATen/core/Tensor.h>

#include "turngreen/engine/checkpoint/safetensors.h"
#include "turngreen/units/result.h"

namespace turngreen::model {

/// A copy in fp32, on the CPU. `name` stands for the tensor in errors. Error: numbers that are not
/// floating point.
Result<at::Tensor> to_fp32(const checkpoint::TensorView& view, std::string_view name);

/// "[2, 384]", for messages.
std::string shape_text(at::IntArrayRef shape);

}  // namespace turngreen::model
