#include "train/dynamic_map.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

namespace turngreen::train {
namespace {

constexpr int kDecades = 7;
constexpr unsigned kDroppedBits = 17;  // of 32: sign, exponent and 6 digits are left

/// The smallest number, not less than -1, that has these upper bits.
float least_of(std::uint32_t upper_bits) {
  const bool is_negative = (upper_bits >> (31 - kDroppedBits)) != 0;
  const std::uint32_t lower = is_negative ? (1U << kDroppedBits) - 1 : 0;
  const auto number = std::bit_cast<float>((upper_bits << kDroppedBits) | lower);
  return std::isnan(number) ? 1.0F : std::clamp(number, -1.0F, 1.0F);
}

}  // namespace

DynamicMap::DynamicMap(bool is_signed) {
  std::vector<float> values{0, 1};
  for (int decade = 0; decade < kDecades; ++decade) {
    const int items = is_signed ? 1 << decade : 1 << (decade + 1);
    const double scale = std::pow(10.0, decade + 1 - kDecades);
    for (int item = 0; item < items; ++item) {
      const double middle = 0.1 + 0.9 * (item + 0.5) / items;
      values.push_back(static_cast<float>(scale * middle));
      if (is_signed) values.push_back(static_cast<float>(-scale * middle));
    }
  }
  std::sort(values.begin(), values.end());
  std::copy(values.begin(), values.end(), values_.begin());
  for (std::size_t i = 0; i + 1 < values_.size(); ++i)
    middles_[i] = 0.5F * (values_[i] + values_[i + 1]);
  least_codes_.resize(std::size_t{1} << (32 - kDroppedBits));
  for (std::size_t bits = 0; bits < least_codes_.size(); ++bits) {
    const float least = least_of(static_cast<std::uint32_t>(bits));
    least_codes_[bits] = static_cast<std::uint8_t>(
        std::lower_bound(middles_.begin(), middles_.end(), least) - middles_.begin());
  }
}

std::uint8_t DynamicMap::nearest(float x) const {
  std::uint8_t code = least_codes_[std::bit_cast<std::uint32_t>(x) >> kDroppedBits];
  while (code < 255 && middles_[code] < x) ++code;
  return code;
}

std::uint8_t DynamicMap::nearest_of_its_sign(float x) const {
  const std::uint8_t code = nearest(x);
  if (std::signbit(values_[code]) == std::signbit(x)) return code;
  return static_cast<std::uint8_t>(x > 0 ? code + 1 : code - 1);
}

}  // namespace turngreen::train
