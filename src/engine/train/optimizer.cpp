#include "train/optimizer.h"

namespace turngreen::train {
namespace {

using Chosen = std::variant<AdamW, PlainAdamW, Sgd>;

Chosen chosen(std::span<const model::Parameter> parameters, const TrainOptions& options) {
  const AdamWOptions adamw{.beta1 = options.adam_beta1,
                           .beta2 = options.adam_beta2,
                           .epsilon = options.adam_epsilon,
                           .weight_decay = options.weight_decay};
  switch (options.optimizer) {
    case OptimizerKind::adamw:
      return PlainAdamW(parameters, adamw);
    case OptimizerKind::adamw_fused:
      return AdamW(parameters, adamw);
    case OptimizerKind::adamw_8bit:
      return AdamW(parameters, adamw, MomentStorage::blocks_of_8_bits);
    case OptimizerKind::sgd:
      break;
  }
  return Sgd(parameters, {.momentum = options.momentum, .weight_decay = options.weight_decay});
}

}  // namespace

Optimizer::Optimizer(std::span<const model::Parameter> parameters, const TrainOptions& options)
    : chosen_(chosen(parameters, options)) {}

Result<void> Optimizer::check(OptimizerKind kind, at::Device device) {
  if (kind != OptimizerKind::adamw_8bit || device.is_cpu()) return {};
  return fail(Error::Kind::unsupported,
              "--optimizer adamw_8bit: is for the CPU here; take adamw_fused, or --device cpu");
}

OptimizerKind Optimizer::kind() const {
  if (std::holds_alternative<PlainAdamW>(chosen_)) return OptimizerKind::adamw;
  if (std::holds_alternative<Sgd>(chosen_)) return OptimizerKind::sgd;
  return std::get<AdamW>(chosen_).storage() == MomentStorage::fp32 ? OptimizerKind::adamw_fused
                                                                   : OptimizerKind::adamw_8bit;
}

void Optimizer::step(const StepSize& size, std::span<const model::Shadow> shadows) {
  if (auto* adamw = std::get_if<AdamW>(&chosen_)) return adamw->step(size, shadows);
  if (auto* plain = std::get_if<PlainAdamW>(&chosen_)) return plain->step(size);
  std::get<Sgd>(chosen_).step(size);
}

bool Optimizer::moves_rows() const {
  const auto* adamw = std::get_if<AdamW>(&chosen_);
  return adamw != nullptr && adamw->moves_rows();
}

void Optimizer::catch_up(std::span<const model::TableRows> read) {
  if (auto* adamw = std::get_if<AdamW>(&chosen_)) adamw->catch_up(read);
}

void Optimizer::catch_up() {
  if (auto* adamw = std::get_if<AdamW>(&chosen_)) adamw->catch_up();
}

NamedState Optimizer::state() const {
  return std::visit([](const auto& it) { return it.state(); }, chosen_);
}

void Optimizer::resume() {
  if (auto* adamw = std::get_if<AdamW>(&chosen_)) adamw->resume();
}

}  // namespace turngreen::train
