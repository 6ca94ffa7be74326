#include "model/precision.h"

#include <ATen/autocast_mode.h>

#include <algorithm>

namespace turngreen::model {

Result<void> check_precision(Precision precision, at::Device device) {
  if (device.is_cpu()) return check_cpu_precision(precision, engine::instruction_sets());
  return {};
}

Result<void> check_cpu_precision(Precision precision,
                                 std::span<const engine::InstructionSet> sets) {
  if (precision != Precision::bf16) return {};
  const bool has_bf16 = std::any_of(sets.begin(), sets.end(), [](const auto& set) {
    return set.is_there && (set.name == "avx512_bf16" || set.name == "amx_bf16");
  });
  if (has_bf16) return {};
  return fail(
      Error::Kind::unsupported,
      "precision bf16: this CPU has neither avx512_bf16 nor amx_bf16, and without them bf16 "
      "is slower than fp32; take fp32");
}

AutocastScope::AutocastScope(Precision precision, at::Device device)
    : device_(device.type()),
      was_enabled_(at::autocast::is_autocast_enabled(device_)),
      had_dtype_(at::autocast::get_autocast_dtype(device_)) {
  at::autocast::increment_nesting();
  at::autocast::set_autocast_enabled(device_, precision != Precision::fp32);
  if (precision == Precision::bf16) at::autocast::set_autocast_dtype(device_, at::kBFloat16);
  if (precision == Precision::fp16) at::autocast::set_autocast_dtype(device_, at::kHalf);
}

AutocastScope::~AutocastScope() {
  // Casts of weights are kept while the outermost scope lasts, as weights change after it.
  if (at::autocast::decrement_nesting() == 0) at::autocast::clear_cache();
  at::autocast::set_autocast_enabled(device_, was_enabled_);
  at::autocast::set_autocast_dtype(device_, had_dtype_);
}

}  // namespace turngreen::model
