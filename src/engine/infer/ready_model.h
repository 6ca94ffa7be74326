#pragma once

#include <ATen/core/Tensor.h>

#include <memory>

#include "infer/inference_options.h"
#include "model/model.h"
#include "model/prepared/prepared_encoder.h"

namespace turngreen::infer {

/// A model that is ready to answer as the options say, which check_inference must have allowed. The
/// fused engine's weights are laid out here, once: what is trained later is not seen.
class ReadyModel {
 public:
  /// `model` must outlive it.
  ReadyModel(const model::Model& model, const InferenceOptions& options);

  const model::Model& model() const { return model_; }
  const InferenceOptions& options() const { return options_; }

  /// [sequences, outputs]; the model must have a head.
  at::Tensor logits(const model::TokenBatch& batch) const;
  /// Padded [sequences, tokens, hidden], packed [tokens of all, hidden].
  at::Tensor hidden_states(const model::TokenBatch& batch) const;

 private:
  const model::Model& model_;
  InferenceOptions options_;
  std::unique_ptr<model::prepared::PreparedEncoder> encoder_;  ///< null: the reference engine
};

}  // namespace turngreen::infer
