#include "train/dense_adamw.h"

#include <ATen/core/grad_mode.h>
#include <ATen/ops/_foreach_add.h>
#include <ATen/ops/_foreach_mul.h>
#include <ATen/ops/_fused_adamw.h>
#include <ATen/ops/zeros.h>

#include <algorithm>

#include "kernels/kernel_set.h"
#include "model/fused/threads.h"

namespace turngreen::train {
namespace {

constexpr std::int64_t kPiece = 16384;  // elements: of all that is read, half of a core's cache
constexpr std::int64_t kLine = 16;      // elements of a cache line, which views begin at

std::int64_t in_lines(std::int64_t elements) { return (elements + kLine - 1) / kLine * kLine; }

}  // namespace

DenseAdamW::DenseAdamW(std::span<const model::Parameter> parameters, const AdamWOptions& options)
    : parameters_(parameters.begin(), parameters.end()), options_(options) {
  if (parameters_.empty()) return;
  const at::NoGradGuard no_grad;
  std::int64_t elements = 0;
  for (const model::Parameter& parameter : parameters_)
    elements += in_lines(parameter.tensor.numel());
  const at::TensorOptions how = parameters_.front().tensor.options();
  const at::Tensor firsts = at::zeros({elements}, how);
  const at::Tensor seconds = at::zeros({elements}, how);
  std::int64_t begin = 0;
  for (std::size_t i = 0; i < parameters_.size(); ++i) {
    const at::Tensor& tensor = parameters_[i].tensor;
    const std::int64_t count = tensor.numel();
    moments_.push_back({.first = firsts.narrow(0, begin, count).view(tensor.sizes()),
                        .second = seconds.narrow(0, begin, count).view(tensor.sizes()),
                        .steps = at::zeros({}, how)});
    for (std::int64_t at = 0; at < count; at += kPiece)
      pieces_.push_back({.parameter = i, .begin = at, .end = std::min(count, at + kPiece)});
    begin += in_lines(count);
  }
}

AdamWOptions DenseAdamW::options_of(std::size_t parameter) const {
  AdamWOptions options = options_;
  if (!parameters_[parameter].decays) options.weight_decay = 0;
  return options;
}

void DenseAdamW::step(const StepSize& size, std::span<const model::Shadow> shadows) {
  if (parameters_.empty()) return;
  const at::NoGradGuard no_grad;
  if (parameters_.front().tensor.is_cpu()) return step_on_cpu(size, shadows);
  step_by_libtorch(size, true);
  step_by_libtorch(size, false);
}

void DenseAdamW::step_on_cpu(const StepSize& size, std::span<const model::Shadow> shadows) {
  moved_.assign(parameters_.size(), {});
  for (std::size_t i = 0; i < parameters_.size(); ++i) {
    const at::Tensor& tensor = parameters_[i].tensor;
    if (!tensor.grad().defined()) continue;
    moved_[i].gradient = tensor.grad().contiguous();
    float& steps = *moments_[i].steps.data_ptr<float>();
    steps += 1;
    moved_[i].step = adamw_step(options_of(i), size, static_cast<std::int64_t>(steps));
    const auto shadow = std::find_if(shadows.begin(), shadows.end(), [&](const auto& one) {
      return one.parameter.is_same(tensor);
    });
    if (shadow != shadows.end()) moved_[i].shadow = shadow->copy.data_ptr();
    // Else copies that are not known here would be taken for up to date.
    if (shadow == shadows.end()) tensor.unsafeGetTensorImpl()->bump_version();
  }
  model::fused::hand_out(std::ssize(pieces_), [&](std::int64_t number, std::int64_t) {
    move(pieces_[static_cast<std::size_t>(number)]);
  });
  moved_.clear();
}

void DenseAdamW::move(const Piece& piece) const {
  const Moved& moved = moved_[piece.parameter];
  if (!moved.gradient.defined()) return;
  const Moments& moments = moments_[piece.parameter];
  const bool is_bf16 = moved.gradient.scalar_type() == at::kBFloat16;
  const auto* gradient = static_cast<const char*>(moved.gradient.const_data_ptr());
  auto* shadow = static_cast<char*>(moved.shadow);
  kernels::best_kernels().adamw(
      moved.step, {.count = piece.end - piece.begin,
                   .gradient_storage = is_bf16 ? kernels::Storage::bf16 : kernels::Storage::f32,
                   .gradient = gradient + piece.begin * (is_bf16 ? 2 : 4),
                   .weight = parameters_[piece.parameter].tensor.data_ptr<float>() + piece.begin,
                   .first_moment = moments.first.data_ptr<float>() + piece.begin,
                   .second_moment = moments.second.data_ptr<float>() + piece.begin,
                   .shadow = shadow == nullptr ? nullptr : shadow + piece.begin * 2});
}

void DenseAdamW::step_by_libtorch(const StepSize& size, bool decays) {
  std::vector<at::Tensor> parameters;
  std::vector<at::Tensor> gradients;
  std::vector<at::Tensor> firsts;
  std::vector<at::Tensor> seconds;
  std::vector<at::Tensor> steps;
  for (std::size_t i = 0; i < parameters_.size(); ++i) {
    const at::Tensor& gradient = parameters_[i].tensor.grad();
    if (parameters_[i].decays != decays || !gradient.defined()) continue;
    parameters.push_back(parameters_[i].tensor);
    gradients.push_back(gradient);
    firsts.push_back(moments_[i].first);
    seconds.push_back(moments_[i].second);
    steps.push_back(moments_[i].steps);
  }
  if (parameters.empty()) return;
  if (size.gradient_scale != 1) at::_foreach_mul_(gradients, size.gradient_scale);
  at::_foreach_add_(steps, 1);
  at::_fused_adamw_(parameters, gradients, firsts, seconds, /*max_exp_avg_sqs=*/{}, steps,
                    size.learning_rate, options_.beta1, options_.beta2,
                    decays ? options_.weight_decay : 0.0, options_.epsilon, /*amsgrad=*/false,
                    /*maximize=*/false);
}

NamedState DenseAdamW::state() const {
  NamedState state;
  for (std::size_t i = 0; i < parameters_.size(); ++i) {
    const std::string& name = parameters_[i].names.front();
    state.emplace_back("first." + name, moments_[i].first);
    state.emplace_back("second." + name, moments_[i].second);
    state.emplace_back("steps." + name, moments_[i].steps);
  }
  return state;
}

}  // namespace turngreen::train
