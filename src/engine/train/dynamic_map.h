#pragma once

#include <array>
#include <cstdint>
#include <vector>

namespace turngreen::train {

/// 256 numbers of [-1, 1] (or of [0, 1]) that lie closer together towards 0: Dettmers' dynamic tree
/// quantisation (arXiv:1511.04561; for optimizers arXiv:2110.02861), as bitsandbytes'
/// create_dynamic_map makes it.
class DynamicMap {
 public:
  explicit DynamicMap(bool is_signed);

  float value(std::uint8_t code) const { return values_[code]; }
  /// Of the number that is nearest to `x`, which must be in the range.
  std::uint8_t nearest(float x) const;
  /// The same, but of a number with the sign of `x`, as small as it may be.
  std::uint8_t nearest_of_its_sign(float x) const;

 private:
  std::array<float, 256> values_;  ///< ascending
  std::array<float, 255> middles_;
  /// By a number's sign, exponent and upper digits: the least code that it may have.
  std::vector<std::uint8_t> least_codes_;
};

}  // namespace turngreen::train
