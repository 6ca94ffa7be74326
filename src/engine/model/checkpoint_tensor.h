#pragma once

#include <ATen/core/Tensor.h>

#include <string>
#include <string_view>

#include "turngreen/engine/checkpoint/safetensors.h"
#include "turngreen/units/result.h"

namespace turngreen::model {

/// A copy in fp32, on the CPU. `name` stands for the tensor in errors. Error: numbers that are not
/// floating point.
Result<at::Tensor> to_fp32(const checkpoint::TensorView& view, std::string_view name);

/// For writing: of fp32 or int64 numbers that lie row by row on the CPU. Valid while they do.
checkpoint::TensorView view_of(const at::Tensor& tensor);

/// "[2, 384]", for messages.
std::string shape_text(at::IntArrayRef shape);

}  // namespace turngreen::model
