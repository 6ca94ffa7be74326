#pragma once

#include <compare>
#include <cstdint>
#include <vector>

namespace turngreen::knobs {

/// Index into Knob::values.
using Level = std::uint8_t;

/// A level for every knob of one Space, in its order. Only that Space can say what it means.
struct Configuration {
  std::vector<Level> levels;

  friend auto operator<=>(const Configuration&, const Configuration&) = default;
};

}  // namespace turngreen::knobs
