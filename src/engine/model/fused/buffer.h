#pragma once

#include <ATen/core/Tensor.h>
#include <ATen/ops/empty.h>

#include <cstdint>

namespace turngreen::model::fused {

/// Memory that is kept from step to step and grows where a step needs more: what is given back to
/// the kernel is faulted in again at the next step, at a sixth of the memory's speed.
class Buffer {
 public:
  /// [rows, columns], contiguous, of no particular content. Valid until the next call.
  at::Tensor matrix(std::int64_t rows, std::int64_t columns, at::ScalarType type) {
    const std::int64_t needed = rows * columns;
    if (!kept_.defined() || kept_.numel() < needed || kept_.scalar_type() != type) {
      kept_.reset();
      kept_ = at::empty({needed + needed / 8}, at::TensorOptions().dtype(type));
    }
    return kept_.narrow(0, 0, needed).view({rows, columns});
  }

  std::size_t bytes() const { return kept_.defined() ? kept_.nbytes() : 0; }

 private:
  at::Tensor kept_;
};

}  // namespace turngreen::model::fused
