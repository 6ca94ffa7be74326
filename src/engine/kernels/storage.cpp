#include "kernels/storage.h"

#include <cmath>

namespace turngreen::kernels {

Dropout dropout_of(double probability, std::uint32_t seed) {
  if (probability <= 0) return {};
  return {.seed = seed,
          .threshold = static_cast<std::uint32_t>(std::lround(probability * 4294967296.0)),
          .scale = static_cast<float>(1.0 / (1.0 - probability))};
}

bool keeps(const Dropout& dropout, std::uint32_t place) {
  std::uint32_t x = place ^ dropout.seed;
  x ^= x >> 16;  // lowbias32 (Wellons 2018)
  x *= 0x7feb352dU;
  x ^= x >> 15;
  x *= 0x846ca68bU;
  x ^= x >> 16;
  return x >= dropout.threshold;
}

}  // namespace turngreen::kernels
