#pragma once

#include <cstdint>
#include <optional>

#include "curve.h"
#include "turngreen/energy/sensor.h"
#include "turngreen/energy/share.h"
#include "update_clock.h"
#include "wide_integer.h"

namespace turngreen::energy {

/// Follows the raw readings of one domain and grows its curve: unwraps the counter or integrates
/// the power, and tells wrap, reset, stuck, backward, implausible and vanished apart.
class DomainTrack {
 public:
  struct Observation {
    Instant before;  ///< clock before the sensor was read
    Instant after;   ///< and after it
    Reading reading;
    bool suspended = false;             ///< the machine slept since the last observation
    std::optional<ShareReading> share;  ///< present: only the tree's share is counted
  };

  explicit DomainTrack(const Domain& domain);

  /// The fault that this observation shows, if any. Faults that last are told at each observation.
  std::optional<FaultKind> observe(const Observation& seen);

  const Curve& curve() const { return curve_; }

 private:
  /// Raw increase since the last reading that counted, in the domain's unit.
  struct Increase {
    WideInteger value = 0;
    WideInteger low = 0;
    WideInteger high = 0;
  };

  std::optional<FaultKind> observe_counter(const Observation& seen);
  std::optional<FaultKind> observe_power(const Observation& seen);
  std::optional<FaultKind> unchanged(const Observation& seen);
  void add(const Increase& increase, const Observation& seen);
  void append(const Observation& seen, bool hole_before);
  Instant reached_at(const Curve::Point& point) const;
  void keep(const Observation& seen);
  WideInteger microwatts(std::uint64_t raw) const;
  bool beyond_greatest_power(const Reading& reading) const;
  std::uint64_t most_counts(units::Duration within) const;

  Domain domain_;
  Curve curve_;
  std::optional<UpdateClock> updates_;  // of a counter that never rests
  bool has_previous_ = false;
  bool stuck_ = false;
  Observation previous_;     // the last reading that worked
  Instant last_change_;      // when the counter was last seen to move
  ShareReading share_then_;  // at the last change
  std::uint64_t debt_ = 0;   // counts by which the counter dipped and has yet to climb again
  Increase raw_total_;       // all counts so far; for power: femtojoules
  Cumulative shared_;        // with shares: the tree's microjoules
};

}  // namespace turngreen::energy
