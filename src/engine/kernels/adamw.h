#pragma once

#include <cstdint>

#include "kernels/storage.h"

namespace turngreen::kernels {

/// A step of AdamW (Loshchilov and Hutter 2019) as torch.optim.AdamW takes it. What is told beside
/// a factor would lose digits if it were worked out from it in fp32.
struct AdamwStep {
  float shrink = 1;  ///< 1 - learning rate * weight decay
  float rate = 0;    ///< learning rate / (1 - beta1^step)
  float beta1 = 0.9F;
  float one_less_beta1 = 0.1F;
  float beta2 = 0.999F;
  float one_less_beta2 = 0.001F;
  float epsilon = 1e-8F;
  float gradient_scale = 1;    ///< gradients are multiplied by it first (clipping, loss scaling)
  float correction2_root = 1;  ///< sqrt(1 - beta2^step)
};

struct AdamwSlice {
  std::int64_t count = 0;
  Storage gradient_storage = Storage::f32;
  const void* gradient = nullptr;
  float* weight = nullptr;
  float* first_moment = nullptr;
  float* second_moment = nullptr;
  void* shadow = nullptr;  ///< the weight in bf16, written along; null: none
};

/// Steps of AdamW that weights missed, their gradients being zero in all of them. Of each step
/// [steps]: weight = weight * shrink - rate * first / (root * sqrt(second) + epsilon), with the
/// moments as they were when the weights were last touched.
struct AdamwMissed {
  std::int64_t terms = 0;         ///< so many of the steps move the weights
  std::int64_t steps = 0;         ///< all; the last ones shrink alone
  const float* shrink = nullptr;  ///< [steps]; null: 1
  const float* rate = nullptr;    ///< [terms]: learning rate / (1 - beta1^step) * beta1^missed
  const float* root = nullptr;    ///< [terms]: sqrt(beta2^missed / (1 - beta2^step))
  float epsilon = 1e-8F;
};

struct AdamwMissedSlice {
  std::int64_t count = 0;
  float* weight = nullptr;
  const float* first_moment = nullptr;  ///< null where there are no terms
  const float* second_moment = nullptr;
};

/// Elements whose squares are summed up.
struct SquareSum {
  Storage storage = Storage::f32;
  std::int64_t count = 0;
  const void* source = nullptr;
};

}  // namespace turngreen::kernels
