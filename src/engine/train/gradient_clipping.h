#pragma once

#include <ATen/core/Tensor.h>

#include <span>

#include "model/model.h"

namespace turngreen::train {

/// The norm of all gradients together; a number on their device.
at::Tensor gradient_norm(std::span<const model::Parameter> parameters);

/// Scales all gradients down to a norm of at most `most`, as torch.nn.utils.clip_grad_norm_.
void clip_gradients(std::span<const model::Parameter> parameters, const at::Tensor& norm,
                    double most);

}  // namespace turngreen::train
