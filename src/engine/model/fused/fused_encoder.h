#pragma once

#include <ATen/core/Tensor.h>

#include <memory>
#include <vector>

#include "model/bert.h"
#include "model/distilbert.h"
#include "model/forward_pass.h"
#include "model/modernbert.h"
#include "model/shadow.h"
#include "turngreen/units/result.h"

namespace turngreen::model::fused {

/// Error: what this encoder, device or layout has no kernels for, with the reason and the mend.
Result<void> check_fused(const checkpoint::Architecture& architecture, at::Device device,
                         Layout layout);

/// An encoder by kernels of our own, over the parameters of another and in memory that is kept from
/// batch to batch: one batch at a time.
class FusedEncoder {
 public:
  explicit FusedEncoder(const Bert& bert);
  explicit FusedEncoder(const DistilBert& distilbert);
  explicit FusedEncoder(const ModernBert& modernbert);
  ~FusedEncoder();

  /// Of every token [tokens, hidden], or of the first of each sequence [sequences, hidden]; fp32.
  /// Computed in bf16 under an AutocastScope of it. What autograd records must have gone backward
  /// before the next call.
  at::Tensor rows(const TokenBatch& batch, const ForwardPass& pass, bool first_only);

  /// Of the weights that the last batch was computed with; none in fp32.
  std::vector<Shadow> shadows() const;

 private:
  struct Stack;
  std::unique_ptr<Stack> stack_;
};

}  // namespace turngreen::model::fused
