#include "curve.h"

#include <algorithm>
#include <cmath>

#include "wide_integer.h"

namespace turngreen::energy {
namespace {

// At 10 Hz some two hours, at 1 kHz a minute; older points have been accounted and are not asked
// for again.
constexpr std::size_t kKeptPoints = 65'536;

std::int64_t most_within(units::Power power, units::Duration time) {
  return static_cast<std::int64_t>(std::ceil(power.in_watts() * time.in_seconds() * 1e6));
}

}  // namespace

Curve::Curve(units::Power max_power, units::Duration step, bool continuous)
    : max_power_(max_power), step_(step), continuous_(continuous) {}

void Curve::append(const Point& point) {
  points_.push_back(point);
  has_holes_ = has_holes_ || point.hole_before;
  if (points_.size() > kKeptPoints) points_.pop_front();
}

Instant Curve::settled_until() const { return points_.back().from; }

std::size_t Curve::first_after(Instant time) const {
  // Most questions are about the last few points.
  std::size_t end = points_.size();
  for (int tries = 0; tries < 8 && end > 0; ++tries, --end) {
    if (points_[end - 1].at <= time) return end;
  }
  const auto found =
      std::upper_bound(points_.begin(), points_.begin() + static_cast<std::ptrdiff_t>(end), time,
                       [](Instant t, const Point& point) { return t < point.at; });
  return static_cast<std::size_t>(found - points_.begin());
}

std::int64_t Curve::value_at(Instant time, std::size_t next,
                             std::int64_t Cumulative::*series) const {
  if (next == 0) return points_.front().reached.*series;
  const Point& before = points_[next - 1];
  const std::int64_t reached = before.reached.*series;
  const std::int64_t past = (time - before.at).in_nanoseconds();
  if (next < points_.size()) {
    const Point& after = points_[next];
    const std::int64_t length = (after.at - before.at).in_nanoseconds();
    return reached + scale_floor(after.reached.*series - reached, past, length);
  }
  // Past the last point: carried on at the last known power for one step of the sensor, no further.
  if (next < 2 || before.hole_before) return reached;
  const Point& earlier = points_[next - 2];
  const std::int64_t length = (before.at - earlier.at).in_nanoseconds();
  if (length <= 0) return reached;
  const std::int64_t carried = std::min(past, step_.in_nanoseconds());
  return reached + scale_floor(reached - earlier.reached.*series, carried, length);
}

CurveEdge::Bounds Curve::bounds_at(Instant time, std::int64_t Cumulative::*series) const {
  const auto index_where_not = [this](auto before) {
    return static_cast<std::size_t>(std::partition_point(points_.begin(), points_.end(), before) -
                                    points_.begin());
  };
  const std::size_t next = index_where_not([time](const Point& p) { return p.until <= time; });
  CurveEdge::Bounds bounds;
  bounds.at_least = next > 0 ? points_[next - 1].reached.*series : points_.front().reached.*series;
  if (next < points_.size() && !points_[next].hole_before) {
    const Point& coming = points_[next];
    bounds.at_least = std::max(
        bounds.at_least, coming.reached.*series - most_within(max_power_, coming.until - time));
  }
  const std::size_t later = index_where_not([time](const Point& p) { return p.from < time; });
  if (later == 0) {
    bounds.at_most = points_.front().reached.*series;
    return bounds;
  }
  const Point& known = points_[later - 1];
  bounds.at_most = known.reached.*series + most_within(max_power_, time - known.from);
  if (later < points_.size()) {
    bounds.at_most = std::min(bounds.at_most, points_[later].reached.*series);
  }
  bounds.at_most = std::max(bounds.at_most, bounds.at_least);
  return bounds;
}

std::int64_t Curve::value(Instant time) const {
  return value_at(time, first_after(time), &Cumulative::value);
}

CurveEdge Curve::at(Instant time) const {
  const std::size_t next = first_after(time);
  CurveEdge edge;
  edge.value = value_at(time, next, &Cumulative::value);
  if (continuous_) {
    edge.low.at_least = edge.low.at_most = value_at(time, next, &Cumulative::low);
    edge.high.at_least = edge.high.at_most = value_at(time, next, &Cumulative::high);
  } else {
    edge.low = bounds_at(time, &Cumulative::low);
    edge.high = bounds_at(time, &Cumulative::high);
  }
  return edge;
}

units::Duration Curve::unmeasured(Instant from, Instant until) const {
  if (!has_holes_) return {};
  std::int64_t total = 0;
  for (std::size_t i = points_.size(); i-- > 1;) {
    if (points_[i].until <= from) break;
    if (!points_[i].hole_before) continue;
    const Instant begin = std::max(points_[i - 1].until, from);
    const Instant end = std::min(points_[i].until, until);
    total += std::max<std::int64_t>(0, (end - begin).in_nanoseconds());
  }
  return units::nanoseconds(total);
}

DomainEnergy Curve::between(Instant from, Instant until) const {
  return energy_between(at(from), at(until), unmeasured(from, until), until - from, max_power_);
}

DomainEnergy energy_between(const CurveEdge& from, const CurveEdge& until,
                            units::Duration unmeasured, units::Duration length,
                            units::Power max_power) {
  DomainEnergy result;
  result.unmeasured = unmeasured;
  const std::int64_t value = until.value - from.value;
  if (value == 0 && unmeasured >= length && length > units::Duration{}) return result;
  const std::int64_t low =
      std::clamp<std::int64_t>(until.low.at_least - from.low.at_most, 0, value);
  const std::int64_t high =
      std::max(until.high.at_most - from.high.at_least, value) + most_within(max_power, unmeasured);
  result.energy = {units::microjoules(value), units::microjoules(low), units::microjoules(high)};
  return result;
}

}  // namespace turngreen::energy
