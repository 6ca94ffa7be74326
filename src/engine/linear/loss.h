#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "turngreen/engine/checkpoint/architecture.h"

namespace turngreen::linear {

/// What training rows are to be answered with.
struct Truth {
  checkpoint::Problem problem = checkpoint::Problem::single_label;
  std::size_t outputs = 1;  ///< of a row; 1 for two classes: the log odds of the second
  std::vector<std::int64_t> classes = {};  ///< [rows], single-label
  std::vector<float> targets = {};         ///< [rows, outputs], elsewhere
  std::vector<float> weights = {};         ///< [rows] that the losses count with

  std::size_t rows() const { return weights.size(); }
};

/// The sum over the rows of their losses at these logits, [rows, outputs]: the cross-entropy of
/// the softmax, of the sigmoids, or half the squared error. Into `slopes`, of the same shape, goes
/// its derivative by each logit.
double loss(const Truth& truth, std::span<const float> logits, int threads,
            std::span<float> slopes);

}  // namespace turngreen::linear
