#include "loss.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "blocks.h"

namespace turngreen::linear {
namespace {

constexpr std::size_t kRowsOfBlock = 1024;

/// log(1 + exp(x)) and its derivative, of the sigmoid with target 0 or 1.
float sigmoid_loss(float logit, float target, float& slope) {
  const float small = std::exp(-std::abs(logit));
  const float probability = (logit >= 0 ? 1.0F : small) / (1.0F + small);
  slope = probability - target;
  return std::max(logit, 0.0F) - logit * target + std::log1p(small);
}

float softmax_loss(std::span<const float> logits, std::size_t right, std::span<float> slopes) {
  const float most = *std::max_element(logits.begin(), logits.end());
  float sum = 0;
  for (std::size_t k = 0; k < logits.size(); ++k) sum += slopes[k] = std::exp(logits[k] - most);
  for (float& slope : slopes) slope /= sum;
  slopes[right] -= 1;
  return std::log(sum) + most - logits[right];
}

/// Of one row.
float loss_of(const Truth& truth, std::size_t row, std::span<const float> logits,
              std::span<float> slopes) {
  const bool is_single = truth.problem == checkpoint::Problem::single_label;
  const auto right = is_single ? static_cast<std::size_t>(truth.classes[row]) : 0;
  if (is_single && truth.outputs > 1) return softmax_loss(logits, right, slopes);
  if (is_single) return sigmoid_loss(logits[0], static_cast<float>(right), slopes[0]);
  float sum = 0;
  for (std::size_t k = 0; k < truth.outputs; ++k) {
    const float target = truth.targets[row * truth.outputs + k];
    if (truth.problem == checkpoint::Problem::multi_label) {
      sum += sigmoid_loss(logits[k], target, slopes[k]);
    } else {
      slopes[k] = logits[k] - target;
      sum += slopes[k] * slopes[k] / 2;
    }
  }
  return sum;
}

}  // namespace

double loss(const Truth& truth, std::span<const float> logits, int threads,
            std::span<float> slopes) {
  std::vector<double> sums(blocks_of(truth.rows(), kRowsOfBlock));
  for_each_block(truth.rows(), kRowsOfBlock, threads, [&](Block block) {
    for (std::size_t row = block.begin; row < block.end; ++row) {
      const std::size_t at = row * truth.outputs;
      const auto own = slopes.subspan(at, truth.outputs);
      sums[block.index] += static_cast<double>(truth.weights[row]) *
                           loss_of(truth, row, logits.subspan(at, truth.outputs), own);
      for (float& slope : own) slope *= truth.weights[row];
    }
  });
  return std::accumulate(sums.begin(), sums.end(), 0.0);
}

}  // namespace turngreen::linear
