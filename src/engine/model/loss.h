#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <span>

#include "turngreen/engine/checkpoint/architecture.h"
#include "turngreen/engine/data/examples.h"

namespace turngreen::model {

struct LossOptions {
  double label_smoothing = 0;  ///< single-label only
  /// [outputs], undefined: all 1. Of the classes, or of each label's positive targets where a
  /// sequence may have several; of no meaning for regression.
  at::Tensor class_weights;
};

/// What the `chosen` examples should have been answered: int64 [sequences] for single-label
/// problems, float [sequences, outputs] elsewhere.
at::Tensor targets_of(const data::Examples& examples, std::span<const std::int64_t> chosen,
                      checkpoint::Problem problem, std::int64_t outputs, at::Device device);

/// The sum over the sequences of the loss that transformers takes the mean of: cross-entropy,
/// binary cross-entropy with logits (mean over outputs), squared error (likewise). A scalar, in
/// fp32. Divide by the number of sequences of the optimizer's step, accumulated batches together.
at::Tensor summed_loss(const at::Tensor& logits, const at::Tensor& targets,
                       checkpoint::Problem problem, const LossOptions& options);

}  // namespace turngreen::model
