#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>

#include "turngreen/energy/instant.h"
#include "turngreen/energy/statement.h"
#include "turngreen/units/power.h"

namespace turngreen::energy {

/// Joules since the first sample, in whole microjoules: what was read, and the sensor's own bounds
/// of it.
struct Cumulative {
  std::int64_t value = 0;
  std::int64_t low = 0;
  std::int64_t high = 0;
};

/// What the curve knows about one time. The low and high series each lie within [at_least,
/// at_most].
struct CurveEdge {
  struct Bounds {
    std::int64_t at_least = 0;
    std::int64_t at_most = 0;
  };
  std::int64_t value = 0;
  Bounds low;
  Bounds high;
};

/// The monotone cumulative energy of one domain. A point says: the energy reached `reached` at some
/// time in (from, until], most likely `at`. Between points, a counter's truth is known to lie
/// between its neighbours, and not to have grown faster than the domain's greatest power; the value
/// is interpolated between the likely times.
class Curve {
 public:
  struct Point {
    Instant from;
    Instant at;
    Instant until;
    Cumulative reached;
    bool hole_before = false;  ///< what was spent since the point before is not known
  };

  /// `continuous`: the energy was integrated from readings of power, so that between two points its
  /// bounds are straight lines. `step` limits how far the value is carried past the last point.
  Curve(units::Power max_power, units::Duration step, bool continuous);

  /// Points come in order: from >= the last point's until - step; from <= at <= until, and neither
  /// goes back.
  void append(const Point& point);

  bool empty() const { return points_.empty(); }
  const Point& last() const { return points_.back(); }
  /// Up to here, at() will not change any more when points are appended.
  Instant settled_until() const;
  Instant oldest() const { return points_.front().until; }

  CurveEdge at(Instant time) const;
  /// at(time).value, without its bounds.
  std::int64_t value(Instant time) const;
  /// The time within [from, until] for which nothing was measured.
  units::Duration unmeasured(Instant from, Instant until) const;
  /// The energy between two times, with its bounds; children of a partition add up exactly.
  DomainEnergy between(Instant from, Instant until) const;

  units::Power max_power() const { return max_power_; }

 private:
  std::int64_t value_at(Instant time, std::size_t next, std::int64_t Cumulative::*series) const;
  CurveEdge::Bounds bounds_at(Instant time, std::int64_t Cumulative::*series) const;
  std::size_t first_after(Instant time) const;

  units::Power max_power_;
  units::Duration step_;
  bool continuous_;
  bool has_holes_ = false;
  std::deque<Point> points_;
};

/// Energy of a stretch from the edges at its ends and the unmeasured time within it.
DomainEnergy energy_between(const CurveEdge& from, const CurveEdge& until,
                            units::Duration unmeasured, units::Duration length,
                            units::Power max_power);

}  // namespace turngreen::energy
