#pragma once

#include <ATen/core/Tensor.h>

namespace turngreen::model {

/// A parameter's copy in bf16, which matrix products take. It is up to date as long as the
/// parameter's version (at::Tensor::_version) is the one it was copied at; so who moves the
/// parameter in place either moves the version on, as libtorch does, or writes the copy along.
struct Shadow {
  at::Tensor parameter;  ///< fp32
  at::Tensor copy;       ///< bf16, of the same shape, contiguous
};

}  // namespace turngreen::model
