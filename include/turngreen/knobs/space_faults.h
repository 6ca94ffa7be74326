#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "turngreen/knobs/knob.h"

namespace turngreen::knobs {

/// Something that keeps knobs from being a Space, and where, so that whoever read them from a file
/// can point at the place.
struct SpaceFault {
  enum class Part { id, values, off, needs, excludes, expected, forbidden };
  Part part = Part::id;
  /// Of the knob, or of the forbidden combination.
  std::size_t index = 0;
  /// Of the value, the expectation or the condition that is meant, where it is one.
  std::size_t entry = 0;
  std::string message;  ///< one line; names the thing, the value found and those allowed
};

/// All faults at once, those of the knobs first; none: Space::build will not fail.
std::vector<SpaceFault> space_faults(std::span<const Knob> knobs,
                                     std::span<const std::vector<Condition>> forbidden);

}  // namespace turngreen::knobs
