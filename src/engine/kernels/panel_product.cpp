#include "kernels/panel_product.h"

#include <algorithm>
#include <cmath>
#include <span>

namespace turngreen::kernels {
namespace {

std::uint32_t bf16_of(float value) {
  const auto bits = __builtin_bit_cast(std::uint32_t, value);
  if (std::isnan(value)) return 0x7fc0;
  return (bits + 0x7fffU + ((bits >> 16) & 1U)) >> 16;
}

float scale_of(std::span<const float> row) {
  float largest = 0;
  for (const float value : row) largest = std::max(largest, std::abs(value));
  return largest > 0 ? largest / 127.0F : 1.0F;
}

/// As an unsigned byte, 128 above what it means; rounded to the nearest, ties to even.
std::uint32_t byte_of(float value, float scale) {
  constexpr float kShift = 12582912.0F;  // 1.5 * 2^23: adding it rounds to an integer
  const float shifted = value / scale + kShift;
  return (__builtin_bit_cast(std::uint32_t, shifted) - __builtin_bit_cast(std::uint32_t, kShift) +
          128) &
         0xffU;
}

std::uint32_t word_of(const float* features, Format format, float scale) {
  if (format == Format::f32) return __builtin_bit_cast(std::uint32_t, *features);
  if (format == Format::bf16) return bf16_of(features[0]) | bf16_of(features[1]) << 16;
  std::uint32_t word = 0;
  for (unsigned k = 0; k < 4; ++k) word |= byte_of(features[k], scale) << (8 * k);
  return word;
}

}  // namespace

std::int64_t packed_words(const WeightMatrix& weight, Format format) {
  return weight.outputs * (weight.features / features_of_word(format));
}

void pack_weight(const WeightMatrix& weight, Format format, std::uint32_t* words, float* scales) {
  const std::int64_t in_word = features_of_word(format);
  const std::int64_t row_words = weight.features / in_word;
  for (std::int64_t output = 0; output < weight.outputs; ++output) {
    const std::int64_t first = output / kPanelOutputs * kPanelOutputs;
    const std::int64_t width = std::min(kPanelOutputs, weight.outputs - first);
    const float* row = weight.values + output * weight.features;
    float scale = 1;
    if (format == Format::int8) {
      scale = scale_of({row, static_cast<std::size_t>(weight.features)});
      scales[output] = scale;
    }
    std::uint32_t* out = words + first * row_words + (output - first);
    for (std::int64_t word = 0; word < row_words; ++word)
      out[word * width] = word_of(row + word * in_word, format, scale);
  }
}

}  // namespace turngreen::kernels
