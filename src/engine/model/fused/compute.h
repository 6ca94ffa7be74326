#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>

#include "kernels/kernel_set.h"
#include "turngreen/engine/checkpoint/architecture.h"

namespace turngreen::model::fused {

/// What a pass through a stack is to be.
struct Pass {
  at::ScalarType type = at::kFloat;  ///< of activations: fp32 or bf16
  bool first_only = false;           ///< only the first token of each sequence is asked for
  bool keeps = false;                ///< a backward pass follows
  bool row_gradients = false;        ///< as ForwardOptions'
  checkpoint::Dropouts dropout;      ///< all 0 outside training
  std::uint64_t seed = 0;            ///< of this pass's dropout
};

kernels::Storage storage_of(at::ScalarType type);

/// A seed for the dropout of one place, from the pass's: SplitMix64 (Steele et al. 2014).
std::uint32_t mixed(std::uint64_t seed, std::uint64_t place);

}  // namespace turngreen::model::fused
