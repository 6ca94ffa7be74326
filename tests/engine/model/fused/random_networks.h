#pragma once

#include <ATen/TensorOperators.h>
#include <ATen/ops/randn.h>

#include <vector>

#include "model/bert.h"
#include "model/distilbert.h"
#include "model/modernbert.h"

namespace turngreen::model {

/// Parameters drawn at random, and a list of them.
class RandomParameters {
 public:
  at::Tensor tensor(at::IntArrayRef shape, double size, double mean = 0) {
    all_.push_back((at::randn(shape) * size + mean).requires_grad_(true));
    return all_.back();
  }
  Linear linear(std::int64_t in, std::int64_t out, bool has_bias) {
    Linear linear;
    linear.weight = tensor({out, in}, 0.2);
    if (has_bias) linear.bias = tensor({out}, 0.2);
    return linear;
  }
  LayerNorm norm(std::int64_t features, bool has_bias) {
    LayerNorm norm;
    norm.weight = tensor({features}, 0.2, 1);
    if (has_bias) norm.bias = tensor({features}, 0.2);
    norm.epsilon = 1e-5;
    return norm;
  }
  PostNormLayer post_norm_layer(bool drops_attended) {
    PostNormLayer layer;
    layer.heads = kHeads;
    layer.drops_attended = drops_attended;
    layer.projection = linear(kHidden, 3 * kHidden, true);
    layer.attended = linear(kHidden, kHidden, true);
    layer.attention_norm = norm(kHidden, true);
    layer.up = linear(kHidden, kIntermediate, true);
    layer.down = linear(kIntermediate, kHidden, true);
    layer.output_norm = norm(kHidden, true);
    return layer;
  }
  const std::vector<at::Tensor>& all() const { return all_; }

  static constexpr std::int64_t kVocabulary = 50;
  static constexpr std::int64_t kPositions = 300;
  static constexpr std::int64_t kHidden = 32;
  static constexpr std::int64_t kHeads = 2;
  static constexpr std::int64_t kIntermediate = 48;
  static constexpr int kLayers = 3;

 private:
  std::vector<at::Tensor> all_;
};

inline Bert random_bert(RandomParameters& parameters) {
  using P = RandomParameters;
  Bert bert;
  bert.words = parameters.tensor({P::kVocabulary, P::kHidden}, 1);
  bert.positions = parameters.tensor({P::kPositions, P::kHidden}, 1);
  bert.types = parameters.tensor({2, P::kHidden}, 1);
  bert.norm = parameters.norm(P::kHidden, true);
  for (int i = 0; i < P::kLayers; ++i) bert.layers.push_back(parameters.post_norm_layer(true));
  return bert;
}

inline DistilBert random_distilbert(RandomParameters& parameters) {
  using P = RandomParameters;
  DistilBert distilbert;
  distilbert.words = parameters.tensor({P::kVocabulary, P::kHidden}, 1);
  distilbert.positions = parameters.tensor({P::kPositions, P::kHidden}, 1);
  distilbert.norm = parameters.norm(P::kHidden, true);
  for (int i = 0; i < P::kLayers; ++i)
    distilbert.layers.push_back(parameters.post_norm_layer(false));
  return distilbert;
}

/// Its first layer attends globally, the others locally.
inline ModernBert random_modernbert(RandomParameters& parameters) {
  using P = RandomParameters;
  ModernBert modernbert;
  modernbert.heads = P::kHeads;
  modernbert.head_dim = P::kHidden / P::kHeads;
  modernbert.words = parameters.tensor({P::kVocabulary, P::kHidden}, 1);
  modernbert.norm = parameters.norm(P::kHidden, false);
  for (int i = 0; i < P::kLayers; ++i) {
    PreNormLayer layer;
    layer.attention.rope_theta = i == 0 ? 160000 : 10000;
    if (i > 0) {
      layer.attention.reach = 5;
      layer.attention_norm = parameters.norm(P::kHidden, false);
    }
    layer.projection = parameters.linear(P::kHidden, 3 * P::kHidden, false);
    layer.attended = parameters.linear(P::kHidden, P::kHidden, false);
    layer.mlp_norm = parameters.norm(P::kHidden, false);
    layer.up = parameters.linear(P::kHidden, 2 * P::kIntermediate, false);
    layer.down = parameters.linear(P::kIntermediate, P::kHidden, false);
    modernbert.layers.push_back(layer);
  }
  modernbert.final_norm = parameters.norm(P::kHidden, false);
  return modernbert;
}

}  // namespace turngreen::model
