#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "model/token_batch.h"
#include "turngreen/engine/checkpoint/model_folder.h"
#include "turngreen/units/result.h"

namespace turngreen::model {

/// How attention is computed. A packed batch is attended sequence by sequence in either.
enum class AttentionKernel : std::uint8_t {
  eager,  ///< scores, softmax and product one after the other: the oracle
  sdpa,   ///< libtorch's scaled_dot_product_attention
};

struct ForwardOptions {
  bool training = false;  ///< dropout, from libtorch's default generator
  AttentionKernel attention = AttentionKernel::sdpa;
};

/// A tensor that is trained.
struct Parameter {
  /// As transformers names it. Where several of its tensors are held as one here (query, key,
  /// value: one product instead of three), the names in the order of their rows.
  std::vector<std::string> names;
  at::Tensor tensor;   ///< a leaf that requires its gradient
  bool decays = true;  ///< whether Trainer applies weight decay to it: no bias, no norm
};

/// What was not as the model wanted it when it was loaded: never silent.
struct LoadReport {
  std::vector<std::string> fresh;       ///< not in the checkpoint, initialised anew (a new head)
  std::vector<std::string> unused;      ///< in the checkpoint, of no use here (a masked-LM head)
  std::vector<std::string> mismatched;  ///< of another shape, so initialised anew:
                                        ///< "classifier.weight [2, 384], not [10, 384]"
};

struct LoadOptions {
  /// The head wanted. Where the checkpoint has one of the same size it is kept. Absent: that of the
  /// checkpoint, or an encoder without head.
  std::optional<checkpoint::Labels> labels;
  std::uint64_t seed = 42;  ///< for what is initialised anew
  /// Of all places, instead of the config's (which is saved as it was).
  std::optional<double> dropout;
  at::Device device = at::kCPU;
};

/// An encoder with a classification head, or without. Parameters are held in fp32.
class Model {
 public:
  /// Error: a tensor of the encoder missing or of the wrong shape (all of them are named).
  static Result<Model> load(const checkpoint::ModelFolder& folder, const LoadOptions& options);
  Model(Model&&) noexcept;
  Model& operator=(Model&&) noexcept;
  ~Model();

  const checkpoint::Architecture& architecture() const;
  const std::optional<checkpoint::Labels>& labels() const;
  const LoadReport& load_report() const;

  /// Padded [sequences, tokens, hidden], packed [tokens of all, hidden]; after the final norm.
  at::Tensor hidden_states(const TokenBatch& batch, const ForwardOptions& options) const;
  /// [sequences, outputs]; the model must have a head.
  at::Tensor logits(const TokenBatch& batch, const ForwardOptions& options) const;

  std::span<const Parameter> parameters() const;

  /// Under the names of transformers, on the CPU, in fp32. Views are valid while the tensors live.
  std::vector<std::pair<std::string, at::Tensor>> named_tensors() const;
  /// What config.json should say of it.
  checkpoint::ModelConfig config() const;

 private:
  struct Parts;
  explicit Model(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

/// The mean of each sequence's hidden states over its real tokens: [sequences, hidden], as
/// sentence-transformers pools.
at::Tensor mean_pooled(const at::Tensor& hidden, const TokenBatch& batch);

}  // namespace turngreen::model
