#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace turngreen::checkpoint {

/// Families of encoders, by the "model_type" of their config.json.
enum class Family : std::uint8_t { bert, distilbert, modernbert };

enum class Activation : std::uint8_t { gelu, gelu_tanh, relu, silu };

/// How a sequence becomes one vector before a ModernBERT classifier.
enum class Pooling : std::uint8_t { cls, mean };

/// What the classification head is trained for, as transformers' problem_type.
enum class Problem : std::uint8_t { single_label, multi_label, regression };

/// One layer of attention. Kept per layer, so that a model of which layers were dropped keeps the
/// kind of each survivor.
struct LayerAttention {
  /// Keys at most this far on either side are seen (inclusive); absent: all. ModernBERT's
  /// local_attention of 128 is a reach of 64.
  std::optional<std::int64_t> reach;
  double rope_theta = 0;  ///< base of the rotary embedding; 0 for families without one

  friend bool operator==(const LayerAttention&, const LayerAttention&) = default;
};

/// Probabilities in [0, 1) that a value is zeroed in training.
struct Dropouts {
  double embedding = 0;
  double attention = 0;  ///< of attention weights; ModernBERT: of the attention's output too
  double hidden = 0;     ///< BERT: after the attention's output and the feed-forward's;
                         ///< DistilBERT: after the latter only
  double mlp = 0;        ///< inside ModernBERT's feed-forward
  double classifier = 0;

  friend bool operator==(const Dropouts&, const Dropouts&) = default;
};

/// The shape of an encoder, as its config.json tells. Defaults are none of any family: whoever
/// makes one sets every field that its family has.
struct Architecture {
  Family family = Family::bert;
  std::int64_t vocabulary = 0;     ///< rows of the token embedding
  std::int64_t hidden = 0;         ///< features of a token
  std::int64_t intermediate = 0;   ///< features inside the feed-forward
  std::int64_t heads = 0;          ///< divides hidden
  std::int64_t max_positions = 0;  ///< tokens at most
  std::int64_t token_types = 0;    ///< rows of BERT's token_type_embeddings; 0: none
  std::vector<LayerAttention> layers;
  Activation activation = Activation::gelu;             ///< of the feed-forward
  Activation classifier_activation = Activation::gelu;  ///< of ModernBERT's head
  double norm_epsilon = 0;
  bool norm_bias = true;        ///< ModernBERT has none
  bool attention_bias = true;   ///< likewise
  bool mlp_bias = true;         ///< likewise
  bool classifier_bias = true;  ///< of ModernBERT's head.dense
  Pooling classifier_pooling = Pooling::cls;
  Dropouts dropouts;
  double initializer_range = 0.02;         ///< standard deviation of new weights
  double initializer_cutoff_factor = 2.0;  ///< ModernBERT: new weights are cut off there
  std::optional<std::int64_t> pad_id;

  friend bool operator==(const Architecture&, const Architecture&) = default;
};

/// The classes of a head, or its one regression output.
struct Labels {
  Problem problem = Problem::single_label;
  /// By class id (transformers' id2label). "LABEL_0", ... where the config names none.
  std::vector<std::string> names;

  friend bool operator==(const Labels&, const Labels&) = default;
};

}  // namespace turngreen::checkpoint
