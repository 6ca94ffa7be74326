#pragma once

#include <ATen/core/Tensor.h>

#include "turngreen/engine/checkpoint/architecture.h"

namespace turngreen::model {

/// Element by element.
at::Tensor activate(const at::Tensor& x, checkpoint::Activation activation);

}  // namespace turngreen::model
