#pragma once

#include <ATen/core/Generator.h>
#include <ATen/core/Tensor.h>

#include <cstdint>

namespace turngreen::model {

/// What a parameter that no checkpoint holds starts as.
struct Initial {
  enum class Kind : std::uint8_t { zeros, ones, normal, truncated_normal };
  Kind kind = Kind::zeros;
  double deviation = 0;  ///< of the normal kinds, about 0
  double cutoff = 0;     ///< of truncated_normal: in deviations, to either side

  static Initial zeros() { return {}; }
  static Initial ones() { return {Kind::ones, 0, 0}; }
  static Initial normal(double deviation) { return {Kind::normal, deviation, 0}; }
  static Initial truncated_normal(double deviation, double cutoff) {
    return {Kind::truncated_normal, deviation, cutoff};
  }
};

/// fp32, on the CPU, so that a seed means the same on every device.
at::Tensor initial_values(at::IntArrayRef shape, const Initial& initial, at::Generator& generator);

}  // namespace turngreen::model
