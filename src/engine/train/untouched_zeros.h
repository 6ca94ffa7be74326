#pragma once

#include <ATen/core/Tensor.h>

namespace turngreen::train {

/// Zeros on the CPU whose memory the kernel gives page by page, as each is first written: what is
/// never written takes none.
at::Tensor untouched_zeros(at::IntArrayRef sizes, at::ScalarType type);

}  // namespace turngreen::train
