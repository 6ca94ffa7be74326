#include "train/table_adamw.h"

#include <ATen/Parallel.h>
#include <ATen/core/grad_mode.h>
#include <ATen/ops/zeros.h>

#include <algorithm>
#include <cmath>

#include "kernels/kernel_set.h"
#include "model/fused/threads.h"
#include "train/untouched_zeros.h"

namespace turngreen::train {
namespace {

/// Of what a touch does to a weight, the share that is left out after so many steps.
constexpr double kLeftOut = 1e-9;

/// The n-th step after a touch moves a weight by (beta1 / sqrt(beta2))^n of the first, at most.
std::int64_t lasting_terms(const AdamWOptions& options) {
  constexpr std::int64_t kAll = std::int64_t{1} << 40;
  const double ratio = options.beta1 / std::sqrt(options.beta2);
  if (!(ratio < 1)) return kAll;
  if (ratio <= 0) return 0;
  return static_cast<std::int64_t>(std::ceil(std::log(kLeftOut) / std::log(ratio)));
}

}  // namespace

TableAdamW::TableAdamW(const model::Parameter& table, const AdamWOptions& options)
    : table_(table),
      options_(options),
      features_(table.tensor.size(1)),
      terms_(lasting_terms(options)),
      first_(untouched_zeros(table.tensor.sizes(), at::kFloat)),
      second_(untouched_zeros(table.tensor.sizes(), at::kFloat)),
      steps_(at::zeros({}, at::TensorOptions().dtype(at::kFloat))),
      touched_(at::zeros({table.tensor.size(0)}, at::TensorOptions().dtype(at::kInt))),
      up_to_(static_cast<std::size_t>(table.tensor.size(0))),
      first_powers_{1},
      second_powers_{1} {
  if (!table.decays) options_.weight_decay = 0;
}

void TableAdamW::remember(const kernels::AdamwStep& step) {
  shrinks_.push_back(step.shrink);
  rates_.push_back(step.rate);
  roots_.push_back(1 / step.correction2_root);
  if (std::ssize(first_powers_) > terms_) return;
  const auto n = static_cast<double>(first_powers_.size());
  first_powers_.push_back(static_cast<float>(std::pow(options_.beta1, n)));
  second_powers_.push_back(static_cast<float>(std::pow(options_.beta2, 0.5 * n)));
}

void TableAdamW::note_missed(std::int64_t row) {
  auto& up_to = up_to_[static_cast<std::size_t>(row)];
  const auto now = static_cast<std::int32_t>(steps());
  if (up_to == now) return;
  missed_.push_back({.row = row, .after = up_to});
  up_to = now;
}

void TableAdamW::take_missed() {
  const at::Tensor weights = table_.tensor.detach();
  scratch_.resize(static_cast<std::size_t>(at::get_num_threads()));
  model::fused::hand_out(std::ssize(missed_), [&](std::int64_t number, std::int64_t thread) {
    take_missed(missed_[static_cast<std::size_t>(number)],
                scratch_[static_cast<std::size_t>(thread)]);
  });
  missed_.clear();
}

void TableAdamW::take_missed(const Missed& missed, Scratch& scratch) const {
  const std::int64_t touched = touched_.const_data_ptr<std::int32_t>()[missed.row];
  const std::int64_t steps = this->steps() - missed.after;
  const auto first = static_cast<std::size_t>(missed.after - remembered_after_);
  kernels::AdamwMissed how;
  how.terms =
      touched == 0 ? 0 : std::clamp<std::int64_t>(touched + terms_ - missed.after, 0, steps);
  how.steps = steps;
  how.shrink = options_.weight_decay == 0 ? nullptr : shrinks_.data() + first;
  if (how.terms == 0 && how.shrink == nullptr) return;
  const auto terms = static_cast<std::size_t>(how.terms);
  if (scratch.rate.size() < terms) {
    scratch.rate.resize(terms);
    scratch.root.resize(terms);
  }
  for (std::size_t i = 0; i < terms; ++i) {
    const std::size_t age = static_cast<std::size_t>(missed.after - touched) + 1 + i;
    scratch.rate[i] = rates_[first + i] * first_powers_[age];
    scratch.root[i] = roots_[first + i] * second_powers_[age];
  }
  how.rate = scratch.rate.data();
  how.root = scratch.root.data();
  how.epsilon = static_cast<float>(options_.epsilon);
  const std::int64_t at = missed.row * features_;
  kernels::best_kernels().adamw_missed(how,
                                       {.count = features_,
                                        .weight = table_.tensor.data_ptr<float>() + at,
                                        .first_moment = first_.const_data_ptr<float>() + at,
                                        .second_moment = second_.const_data_ptr<float>() + at});
}

void TableAdamW::catch_up(const at::Tensor& rows) {
  const auto* row = rows.const_data_ptr<std::int64_t>();
  for (std::int64_t i = 0; i < rows.numel(); ++i) note_missed(row[i]);
  take_missed();
}

void TableAdamW::catch_up() {
  for (std::int64_t row = 0; row < table_.tensor.size(0); ++row) note_missed(row);
  take_missed();
}

/// To those before a step, from those of the touch before.
void TableAdamW::decay_moments(std::int64_t row, std::int64_t touched) const {
  const auto missed = static_cast<double>(steps() - 1 - touched);
  if (touched == 0 || missed == 0) return;
  const auto first = static_cast<float>(std::pow(options_.beta1, missed));
  const auto second = static_cast<float>(std::pow(options_.beta2, missed));
  float* firsts = first_.data_ptr<float>() + row * features_;
  float* seconds = second_.data_ptr<float>() + row * features_;
  for (std::int64_t k = 0; k < features_; ++k) firsts[k] *= first;
  for (std::int64_t k = 0; k < features_; ++k) seconds[k] *= second;
}

void TableAdamW::step(const StepSize& size) {
  const at::NoGradGuard no_grad;
  if (!table_.tensor.grad().defined()) return;
  const at::Tensor gradient =
      (table_.tensor.grad().is_sparse() ? table_.tensor.grad() : table_.tensor.grad().to_sparse(1))
          .coalesce();
  const at::Tensor rows = gradient._indices();
  const at::Tensor values = gradient._values().contiguous();
  catch_up(rows.reshape({-1}));
  *steps_.data_ptr<float>() += 1;
  const std::int64_t now = steps();
  const kernels::AdamwStep step = adamw_step(options_, size, now);
  remember(step);
  const auto* row_of = rows.const_data_ptr<std::int64_t>();
  model::fused::hand_out(rows.numel(), [&](std::int64_t number, std::int64_t) {
    const std::int64_t row = row_of[number];
    auto& touched = touched_.data_ptr<std::int32_t>()[row];
    decay_moments(row, touched);
    touched = static_cast<std::int32_t>(now);
    up_to_[static_cast<std::size_t>(row)] = touched;
    kernels::best_kernels().adamw(step,
                                  {.count = features_,
                                   .gradient = values.const_data_ptr<float>() + number * features_,
                                   .weight = table_.tensor.data_ptr<float>() + row * features_,
                                   .first_moment = first_.data_ptr<float>() + row * features_,
                                   .second_moment = second_.data_ptr<float>() + row * features_});
  });
}

NamedState TableAdamW::state() const {
  const std::string& name = table_.names.front();
  return {{"first." + name, first_},
          {"second." + name, second_},
          {"steps." + name, steps_},
          {"touched." + name, touched_}};
}

void TableAdamW::resume() {
  remembered_after_ = steps();
  shrinks_.clear();
  rates_.clear();
  roots_.clear();
  std::fill(up_to_.begin(), up_to_.end(), static_cast<std::int32_t>(remembered_after_));
  while (std::ssize(first_powers_) <= std::min(terms_, remembered_after_)) {
    const auto n = static_cast<double>(first_powers_.size());
    first_powers_.push_back(static_cast<float>(std::pow(options_.beta1, n)));
    second_powers_.push_back(static_cast<float>(std::pow(options_.beta2, 0.5 * n)));
  }
}

}  // namespace turngreen::train
