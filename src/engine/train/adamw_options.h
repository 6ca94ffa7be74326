#pragma once

#include <cstdint>

#include "kernels/adamw.h"
#include "train/step_size.h"

namespace turngreen::train {

struct AdamWOptions {
  double beta1 = 0.9;
  double beta2 = 0.999;
  double epsilon = 1e-8;
  double weight_decay = 0;  ///< of those parameters that decay
};

/// The step of that number, the first of which is 1, as the kernels take it. Factors are worked out
/// in fp64, as torch.optim does.
kernels::AdamwStep adamw_step(const AdamWOptions& options, const StepSize& size,
                              std::int64_t number);

}  // namespace turngreen::train
