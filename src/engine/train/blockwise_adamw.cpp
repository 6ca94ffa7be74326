#include "train/blockwise_adamw.h"

#include <ATen/core/grad_mode.h>
#include <ATen/ops/full.h>
#include <ATen/ops/zeros.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "model/fused/threads.h"

namespace turngreen::train {
namespace {

constexpr std::int64_t kBlocksAtOnce = 64;  // that a thread takes

using BlockValues = std::array<float, BlockwiseAdamW::kBlock>;

float largest_of(const BlockValues& values, std::int64_t count) {
  float largest = 0;
  for (std::int64_t i = 0; i < count; ++i)
    largest = std::max(largest, std::abs(values[static_cast<std::size_t>(i)]));
  return largest;
}

}  // namespace

BlockwiseAdamW::BlockwiseAdamW(std::span<const model::Parameter> parameters,
                               const AdamWOptions& options)
    : parameters_(parameters.begin(), parameters.end()), options_(options) {
  const auto bytes = at::TensorOptions().dtype(at::kByte);
  const auto floats = at::TensorOptions().dtype(at::kFloat);
  for (std::size_t i = 0; i < parameters_.size(); ++i) {
    const std::int64_t count = parameters_[i].tensor.numel();
    const std::int64_t blocks = (count + kBlock - 1) / kBlock;
    moments_.push_back({.first = at::full({count}, first_map_.nearest(0), bytes),
                        .second = at::full({count}, second_map_.nearest(0), bytes),
                        .first_scale = at::zeros({blocks}, floats),
                        .second_scale = at::zeros({blocks}, floats),
                        .steps = at::zeros({}, floats)});
    for (std::int64_t block = 0; block < blocks; ++block) blocks_.push_back({i, block});
  }
}

void BlockwiseAdamW::step(const StepSize& size) {
  const at::NoGradGuard no_grad;
  steps_.assign(parameters_.size(), {});
  for (std::size_t i = 0; i < parameters_.size(); ++i) {
    const at::Tensor& tensor = parameters_[i].tensor;
    if (!tensor.grad().defined()) continue;
    float& steps = *moments_[i].steps.data_ptr<float>();
    steps += 1;
    AdamWOptions options = options_;
    if (!parameters_[i].decays) options.weight_decay = 0;
    steps_[i] = adamw_step(options, size, static_cast<std::int64_t>(steps));
    tensor.unsafeGetTensorImpl()->bump_version();
  }
  const std::int64_t shares = (std::ssize(blocks_) + kBlocksAtOnce - 1) / kBlocksAtOnce;
  model::fused::hand_out(shares, [&](std::int64_t share, std::int64_t) {
    const std::int64_t end = std::min(std::ssize(blocks_), (share + 1) * kBlocksAtOnce);
    for (std::int64_t number = share * kBlocksAtOnce; number < end; ++number) {
      const Block& block = blocks_[static_cast<std::size_t>(number)];
      if (parameters_[block.parameter].tensor.grad().defined())
        move(block, steps_[block.parameter]);
    }
  });
}

void BlockwiseAdamW::move(const Block& block, const kernels::AdamwStep& step) const {
  const at::Tensor& tensor = parameters_[block.parameter].tensor;
  const Moments& moments = moments_[block.parameter];
  const std::int64_t begin = block.number * kBlock;
  const std::int64_t count = std::min(kBlock, tensor.numel() - begin);
  const float* gradient = tensor.grad().const_data_ptr<float>() + begin;
  float* weight = tensor.data_ptr<float>() + begin;
  auto* first_codes = moments.first.data_ptr<std::uint8_t>() + begin;
  auto* second_codes = moments.second.data_ptr<std::uint8_t>() + begin;
  float& first_scale = moments.first_scale.data_ptr<float>()[block.number];
  float& second_scale = moments.second_scale.data_ptr<float>()[block.number];

  BlockValues first;
  BlockValues second;
  for (std::int64_t i = 0; i < count; ++i) {
    const auto at = static_cast<std::size_t>(i);
    const float scaled = gradient[i] * step.gradient_scale;
    first[at] =
        first_map_.value(first_codes[i]) * first_scale * step.beta1 + step.one_less_beta1 * scaled;
    second[at] = second_map_.value(second_codes[i]) * second_scale * step.beta2 +
                 step.one_less_beta2 * scaled * scaled;
  }
  // The weights are moved by what the moments are before they are rounded.
  for (std::int64_t i = 0; i < count; ++i) {
    const auto at = static_cast<std::size_t>(i);
    const float root = std::sqrt(second[at]) / step.correction2_root + step.epsilon;
    weight[i] = (weight[i] - step.rate * first[at] / root) * step.shrink;
  }
  first_scale = largest_of(first, count);
  second_scale = largest_of(second, count);
  const float first_inverse = first_scale > 0 ? 1 / first_scale : 0;
  const float second_inverse = second_scale > 0 ? 1 / second_scale : 0;
  for (std::int64_t i = 0; i < count; ++i) {
    const auto at = static_cast<std::size_t>(i);
    first_codes[i] = first_map_.nearest_of_its_sign(first[at] * first_inverse);
    second_codes[i] = second_map_.nearest(second[at] * second_inverse);
  }
}

NamedState BlockwiseAdamW::state() const {
  NamedState state;
  for (std::size_t i = 0; i < parameters_.size(); ++i) {
    const std::string& name = parameters_[i].names.front();
    state.emplace_back("first." + name, moments_[i].first);
    state.emplace_back("second." + name, moments_[i].second);
    state.emplace_back("first_scale." + name, moments_[i].first_scale);
    state.emplace_back("second_scale." + name, moments_[i].second_scale);
    state.emplace_back("steps." + name, moments_[i].steps);
  }
  return state;
}

}  // namespace turngreen::train
