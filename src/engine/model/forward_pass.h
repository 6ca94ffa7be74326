#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <optional>

#include "model/attention.h"
#include "model/attention_plan.h"
#include "model/token_batch.h"
#include "turngreen/engine/checkpoint/architecture.h"

namespace turngreen::model {

/// Whose kernels compute the encoder.
enum class Kernels : std::uint8_t {
  libtorch,  ///< one call for each operation, differentiated by autograd: the oracle
  fused,     ///< our own between the matrix products, where fused::check_fused allows it
};

struct ForwardOptions {
  bool training = false;  ///< dropout, from libtorch's default generator
  Kernels kernels = Kernels::libtorch;
  AttentionKernel attention = AttentionKernel::sdpa;
  /// In training: at every place where the family has dropout, instead of the config's.
  std::optional<double> dropout;
  /// Gradients of embedding tables are sparse: of the rows that were read, without the others.
  bool row_gradients = false;
};

/// What the layers share while a batch passes through them. Inside, hidden states are rows of
/// tokens, [computed tokens, hidden], whatever the batch's layout.
struct ForwardPass {
  ForwardPass(const TokenBatch& batch, const checkpoint::Architecture& architecture,
              const ForwardOptions& options);

  AttentionSettings attention_of(const checkpoint::LayerAttention& layer) const;

  at::Tensor ids;                ///< int64 [rows]
  at::Tensor positions;          ///< int64 [rows]
  checkpoint::Dropouts dropout;  ///< all 0 outside training
  bool row_gradients;
  AttentionKernel kernel;
  AttentionPlan plan;
};

/// The same where `probability` is 0.
at::Tensor dropped_out(const at::Tensor& x, double probability);

}  // namespace turngreen::model
