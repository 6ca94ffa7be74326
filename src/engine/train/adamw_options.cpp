#include "train/adamw_options.h"

#include <cmath>

namespace turngreen::train {

kernels::AdamwStep adamw_step(const AdamWOptions& options, const StepSize& size,
                              std::int64_t number) {
  const auto steps = static_cast<double>(number);
  const double correction1 = 1 - std::pow(options.beta1, steps);
  const double correction2 = 1 - std::pow(options.beta2, steps);
  kernels::AdamwStep step;
  step.shrink = static_cast<float>(1 - size.learning_rate * options.weight_decay);
  step.rate = static_cast<float>(size.learning_rate / correction1);
  step.beta1 = static_cast<float>(options.beta1);
  step.one_less_beta1 = static_cast<float>(1 - options.beta1);
  step.beta2 = static_cast<float>(options.beta2);
  step.one_less_beta2 = static_cast<float>(1 - options.beta2);
  step.epsilon = static_cast<float>(options.epsilon);
  step.gradient_scale = static_cast<float>(size.gradient_scale);
  step.correction2_root = static_cast<float>(std::sqrt(correction2));
  return step;
}

}  // namespace turngreen::train
