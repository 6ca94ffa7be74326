#include "kernels/storage.h"

#include <cmath>

namespace turngreen::kernels {

Dropout dropout_of(double probability, std::uint32_t seed) {
  const auto threshold = static_cast<std::uint32_t>(std::lround(probability * 65536.0));
  if (threshold == 0) return {};
  return {.seed = seed,
          .threshold = threshold,
          .scale = static_cast<float>(65536.0 / static_cast<double>(65536 - threshold))};
}

bool keeps(const Dropout& dropout, std::uint32_t place) {
  std::uint32_t x = (place >> 1) ^ dropout.seed;
  x ^= x >> 16;  // lowbias32 (Wellons 2018)
  x *= 0x7feb352dU;
  x ^= x >> 15;
  x *= 0x846ca68bU;
  x ^= x >> 16;
  return (place % 2 == 0 ? x & 0xffffU : x >> 16) >= dropout.threshold;
}

}  // namespace turngreen::kernels
