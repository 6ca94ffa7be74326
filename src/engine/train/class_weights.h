#pragma once

#include <ATen/core/Tensor.h>

#include "train/train_options.h"
#include "turngreen/engine/data/examples.h"

namespace turngreen::train {

/// [classes] fp32; undefined where all are equal. Balanced: examples / (classes * examples of the
/// class), as scikit-learn's class_weight="balanced"; 1 for a class without examples.
at::Tensor class_weights(ClassWeights kind, const data::Examples& examples, std::int64_t classes);

}  // namespace turngreen::train
