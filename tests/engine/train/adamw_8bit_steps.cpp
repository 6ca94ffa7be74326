// Weights after steps of BlockwiseAdamW, one in a line, for compare_adamw_8bit.py.

#include <ATen/ops/empty.h>

#include <cmath>
#include <cstdio>
#include <cstdlib>

#include "train/blockwise_adamw.h"

int main(int count, char** words) {
  using namespace turngreen;
  if (count != 3) return 2;
  const std::int64_t elements = std::atoll(words[1]);
  const int steps = std::atoi(words[2]);
  at::Tensor weight = at::empty({elements});
  at::Tensor gradient = at::empty({elements});
  for (std::int64_t i = 0; i < elements; ++i)
    weight.data_ptr<float>()[i] = static_cast<float>(std::cos(static_cast<double>(i)));
  model::Parameter parameter;
  parameter.names = {"w"};
  parameter.tensor = weight.set_requires_grad(true);
  train::BlockwiseAdamW adamw({&parameter, 1}, {.weight_decay = 0.1});
  for (int step = 1; step <= steps; ++step) {
    for (std::int64_t i = 0; i < elements; ++i) {
      const double phase = 0.37 * static_cast<double>(i) + step;
      gradient.data_ptr<float>()[i] =
          static_cast<float>(std::sin(phase) * std::exp(-1e-3 * static_cast<double>(i)));
    }
    weight.mutable_grad() = gradient;
    adamw.step({.learning_rate = 0.01, .gradient_scale = 0.5});
  }
  for (std::int64_t i = 0; i < elements; ++i)
    std::printf("%.9g\n", static_cast<double>(weight.data_ptr<float>()[i]));
}
