#pragma once

#include <ATen/core/Tensor.h>

#include <string>
#include <vector>

namespace turngreen::model {

/// A tensor that is trained.
struct Parameter {
  /// As transformers names it. Where several of its tensors are held as one here (query, key,
  /// value: one product instead of three), the names in the order of their rows.
  std::vector<std::string> names;
  at::Tensor tensor;   ///< a leaf that requires its gradient
  bool decays = true;  ///< whether Trainer applies weight decay to it: no bias, no norm
  /// Rows of it are looked up: a batch reads few, and they alone get gradients.
  bool is_table = false;
};

}  // namespace turngreen::model
