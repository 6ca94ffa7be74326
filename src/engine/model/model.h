#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "kernels/panel_product.h"
#include "model/dropped_layers.h"
#include "model/forward_pass.h"
#include "model/load_report.h"
#include "model/parameter.h"
#include "model/pooling.h"
#include "model/token_batch.h"
#include "turngreen/engine/checkpoint/model_folder.h"
#include "turngreen/units/result.h"

namespace turngreen::model {

namespace prepared {
class PreparedEncoder;
}

struct LoadOptions {
  /// The head wanted. Where the checkpoint has one of the same size it is kept. Absent: that of the
  /// checkpoint, or an encoder without head.
  std::optional<checkpoint::Labels> labels;
  std::uint64_t seed = 42;  ///< for what is initialised anew
  at::Device device = at::kCPU;
  DroppedLayers dropped = {};
};

/// An encoder with a classification head, or without. Parameters are held in fp32.
class Model {
 public:
  /// Error: a tensor of the encoder missing or of the wrong shape (all of them are named); no layer
  /// left. Dropped layers are not read.
  static Result<Model> load(const checkpoint::ModelFolder& folder, const LoadOptions& options);
  Model(Model&&) noexcept;
  Model& operator=(Model&&) noexcept;
  ~Model();

  /// Without the layers that were dropped.
  const checkpoint::Architecture& architecture() const;
  /// Of the head; absent: there is none.
  const std::optional<checkpoint::Labels>& labels() const;
  const LoadReport& load_report() const;
  const DroppedLayers& dropped_layers() const;

  /// Padded [sequences, tokens, hidden], packed [tokens of all, hidden]; after the final norm.
  at::Tensor hidden_states(const TokenBatch& batch, const ForwardOptions& options) const;
  /// [sequences, outputs]; the model must have a head.
  at::Tensor logits(const TokenBatch& batch, const ForwardOptions& options) const;

  /// The encoder made ready to answer, which fused::check_fused must allow.
  std::unique_ptr<prepared::PreparedEncoder> prepared(kernels::Format format) const;
  /// logits() by such an encoder; without gradients.
  at::Tensor logits(const TokenBatch& batch, prepared::PreparedEncoder& encoder) const;

  /// Those of the encoder and of the head, where there is one.
  std::span<const Parameter> parameters() const;

  /// Under the names of transformers, on the CPU, in fp32. They may share memory with the
  /// parameters.
  std::vector<std::pair<std::string, at::Tensor>> named_tensors() const;
  /// What config.json should say of it.
  checkpoint::ModelConfig config() const;

 private:
  at::Tensor fused_logits(const TokenBatch& batch, const ForwardOptions& options) const;
  /// Whether the head takes no more than each sequence's first token.
  bool takes_first_tokens() const;
  /// From rows of first tokens where the head takes those, else of all tokens.
  at::Tensor classified(const at::Tensor& rows, const TokenBatch& batch,
                        const ForwardOptions& options) const;

  struct Parts;
  explicit Model(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace turngreen::model
