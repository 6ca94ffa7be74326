#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "turngreen/knobs/space.h"
#include "turngreen/pipeline/measurement.h"

namespace turngreen::explore {

/// How far apart two numbers may be and still count as the same, as a share of the larger. Knobs of
/// Resource::power and names that are no knob are readings of a device; all others are settings,
/// and differ only by having gone through text or single precision.
inline constexpr double kReadingTolerance = 0.01;
inline constexpr double kSettingTolerance = 1e-6;

/// What the values in force say about a configuration. One sentence for each entry.
struct EffectVerdict {
  std::vector<std::string> not_in_force;  ///< "asked power_limit=100, in force 214"
  /// "precision=fp16 also turned attention from eager to sdpa"
  std::vector<std::string> also_moved;
  /// Knobs that are not off and whose value in force the run did not tell.
  std::vector<std::string> not_told;

  bool contradicted() const { return !not_in_force.empty() || !also_moved.empty(); }
  /// All of it, in one sentence; empty: nothing was contradicted.
  std::string sentence() const;
};

/// Compares what was asked with what was in force. A knob that is not off must be in force as
/// asked. What was not touched (a knob that is off, a name that is no knob) must be as in the
/// baseline's run, where that tells it; where not, an off knob must be as its off value says, if
/// that can be compared. "on" and "off" match true and false, 1 and 0, yes and no; float16, half
/// and torch.float16 are fp16, and so on; case does not count; any number but 0
/// satisfies "on", and numbers in force cannot be compared with other words asked for (where a
/// power limit is "off", the device's default is in force). `baseline` may be empty.
EffectVerdict prove_effect(const knobs::Space& space, const knobs::Configuration& asked,
                           std::span<const pipeline::EffectiveValue> in_force,
                           std::span<const pipeline::EffectiveValue> baseline);

}  // namespace turngreen::explore
