#pragma once

#include <c10/core/Device.h>

#include <optional>
#include <string>

#include "infer/inference_options.h"
#include "own_meter.h"

namespace turngreen::engine {

/// What answering rows took.
struct InferenceWork {
  at::Device device;
  infer::InferenceOptions options;
  double flops = 0;                   ///< as infer::forward_flops counts them
  std::optional<EnergySpent> energy;  ///< absent: not metered here
};

/// "on cpu in int8_dynamic, fused and packed; 12.3 GFLOP; 45.6 J (40 .. 50), estimated"
std::string work_text(const InferenceWork& work);

}  // namespace turngreen::engine
