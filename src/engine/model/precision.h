#pragma once

#include <c10/core/Device.h>
#include <c10/core/ScalarType.h>

#include <cstdint>
#include <span>

#include "processor.h"
#include "turngreen/units/result.h"

namespace turngreen::model {

/// Of matrix products in the forward and backward pass. Weights stay in fp32.
enum class Precision : std::uint8_t { fp32, bf16, fp16 };

/// Error: what this device cannot do, or does more slowly than fp32, with the reason and the mend.
/// fp16 is CUDA's: CPUs do it, but many times more slowly than fp32.
Result<void> check_precision(Precision precision, at::Device device);

/// The same for a CPU of these instruction sets.
Result<void> check_cpu_precision(Precision precision, std::span<const engine::InstructionSet> sets);

/// libtorch's autocast for as long as it lives; nothing for fp32. Of the calling thread: that of a
/// backward pass needs none.
class [[nodiscard]] AutocastScope {
 public:
  AutocastScope(Precision precision, at::Device device);
  ~AutocastScope();
  AutocastScope(const AutocastScope&) = delete;
  AutocastScope& operator=(const AutocastScope&) = delete;

 private:
  at::DeviceType device_;
  bool was_enabled_;
  at::ScalarType had_dtype_;
};

}  // namespace turngreen::model
