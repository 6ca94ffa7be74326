#include "train/class_weights.h"

#include <ATen/ops/ones.h>

#include <vector>

namespace turngreen::train {

at::Tensor class_weights(ClassWeights kind, const data::Examples& examples, std::int64_t classes) {
  if (kind == ClassWeights::equal) return {};
  std::vector<std::int64_t> counts(static_cast<std::size_t>(classes), 0);
  for (const std::int64_t one : examples.classes) ++counts[static_cast<std::size_t>(one)];
  const at::Tensor weights = at::ones({classes}, at::kFloat);
  auto* weight = weights.mutable_data_ptr<float>();
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (counts[i] > 0) {
      weight[i] = static_cast<float>(static_cast<double>(examples.size()) /
                                     static_cast<double>(classes * counts[i]));
    }
  }
  return weights;
}

}  // namespace turngreen::train
