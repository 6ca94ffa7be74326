#include "infer/ready_model.h"

namespace turngreen::infer {
namespace {

kernels::Format format_of(Precision precision) {
  if (precision == Precision::int8_dynamic) return kernels::Format::int8;
  return precision == Precision::bf16 ? kernels::Format::bf16 : kernels::Format::f32;
}

model::Precision autocast_of(Precision precision) {
  if (precision == Precision::bf16) return model::Precision::bf16;
  return precision == Precision::fp16 ? model::Precision::fp16 : model::Precision::fp32;
}

}  // namespace

ReadyModel::ReadyModel(const model::Model& model, const InferenceOptions& options)
    : model_(model), options_(options) {
  if (options.engine == Engine::fused) encoder_ = model.prepared(format_of(options.precision));
}

at::Tensor ReadyModel::logits(const model::TokenBatch& batch) const {
  if (encoder_) return model_.logits(batch, *encoder_);
  const model::AutocastScope autocast(autocast_of(options_.precision), batch.ids.device());
  model::ForwardOptions forward;
  forward.attention = options_.attention;
  return model_.logits(batch, forward);
}

at::Tensor ReadyModel::hidden_states(const model::TokenBatch& batch) const {
  if (encoder_) return encoder_->rows(batch, false);
  const model::AutocastScope autocast(autocast_of(options_.precision), batch.ids.device());
  model::ForwardOptions forward;
  forward.attention = options_.attention;
  return model_.hidden_states(batch, forward);
}

}  // namespace turngreen::infer
