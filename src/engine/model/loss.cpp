#include "model/loss.h"

#include <ATen/core/Reduction.h>
#include <ATen/ops/binary_cross_entropy_with_logits.h>
#include <ATen/ops/cross_entropy_loss.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/mse_loss.h>

#include <algorithm>

namespace turngreen::model {
namespace {

/// transformers marks tokens without a label with it; whole sequences have one.
constexpr std::int64_t kIgnoredClass = -100;

at::Tensor classes_of(const data::Examples& examples, std::span<const std::int64_t> chosen) {
  at::Tensor classes = at::empty({static_cast<std::int64_t>(chosen.size())}, at::kLong);
  auto* out = classes.mutable_data_ptr<std::int64_t>();
  for (const std::int64_t example : chosen)
    *out++ = examples.classes[static_cast<std::size_t>(example)];
  return classes;
}

}  // namespace

at::Tensor targets_of(const data::Examples& examples, std::span<const std::int64_t> chosen,
                      checkpoint::Problem problem, std::int64_t outputs, at::Device device) {
  if (problem == checkpoint::Problem::single_label) return classes_of(examples, chosen).to(device);
  at::Tensor targets = at::empty({static_cast<std::int64_t>(chosen.size()), outputs}, at::kFloat);
  auto* out = targets.mutable_data_ptr<float>();
  for (const std::int64_t example : chosen)
    out = std::copy_n(examples.targets.begin() + example * outputs, outputs, out);
  return targets.to(device);
}

at::Tensor summed_loss(const at::Tensor& logits, const at::Tensor& targets,
                       checkpoint::Problem problem, const LossOptions& options) {
  const at::Tensor answers = logits.to(at::kFloat);
  switch (problem) {
    case checkpoint::Problem::single_label:
      return at::cross_entropy_loss(answers, targets, options.class_weights, at::Reduction::Sum,
                                    kIgnoredClass, options.label_smoothing);
    case checkpoint::Problem::multi_label:
      return at::binary_cross_entropy_with_logits(answers, targets, {}, options.class_weights,
                                                  at::Reduction::None)
          .mean(1)
          .sum();
    case checkpoint::Problem::regression:
      return at::mse_loss(answers, targets, at::Reduction::None).mean(1).sum();
  }
  return {};
}

}  // namespace turngreen::model
