#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <random>
#include <vector>

#include "kernels/storage.h"

namespace turngreen::kernels {

using Matrix = std::vector<double>;

inline std::uint16_t narrowed(double value) {
  const auto bits = __builtin_bit_cast(std::uint32_t, static_cast<float>(value));
  return static_cast<std::uint16_t>((bits + 0x7fffU + ((bits >> 16) & 1U)) >> 16);
}
inline double widened(std::uint16_t half) {
  return __builtin_bit_cast(float, static_cast<std::uint32_t>(half) << 16);
}

/// A matrix in either storage.
class StoredMatrix {
 public:
  StoredMatrix(Storage storage, std::int64_t count)
      : storage_(storage), floats_(static_cast<std::size_t>(count)), halves_(floats_.size()) {}
  StoredMatrix(Storage storage, const Matrix& values) : StoredMatrix(storage, std::ssize(values)) {
    for (std::size_t i = 0; i < values.size(); ++i) {
      floats_[i] = static_cast<float>(values[i]);
      halves_[i] = narrowed(values[i]);
    }
  }
  void* data() {
    return storage_ == Storage::f32 ? static_cast<void*>(floats_.data()) : halves_.data();
  }
  Matrix values() const {
    Matrix values(floats_.size());
    for (std::size_t i = 0; i < values.size(); ++i)
      values[i] = storage_ == Storage::f32 ? static_cast<double>(floats_[i]) : widened(halves_[i]);
    return values;
  }

 private:
  Storage storage_;
  std::vector<float> floats_;
  std::vector<std::uint16_t> halves_;
};

/// The largest difference, as a share of the largest value (of 1 where all are smaller).
inline double difference(const Matrix& found, const Matrix& expected) {
  double largest = 0;
  double apart = 0;
  for (std::size_t i = 0; i < expected.size(); ++i) {
    largest = std::max(largest, std::abs(expected[i]));
    const double distance = std::abs(found[i] - expected[i]);
    apart = distance <= apart ? apart : distance;  // a NaN is kept
  }
  return apart / std::max(largest, 1.0);
}

/// Normally distributed values that either storage holds exactly.
inline Matrix drawn(std::mt19937& random, std::int64_t count, double size) {
  std::normal_distribution<double> normal;
  Matrix values(static_cast<std::size_t>(count));
  for (double& value : values) value = widened(narrowed(normal(random) * size));
  return values;
}

inline std::vector<float> as_floats(const Matrix& values) { return {values.begin(), values.end()}; }

}  // namespace turngreen::kernels
