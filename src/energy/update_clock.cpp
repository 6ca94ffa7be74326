#include "update_clock.h"

#include <algorithm>
#include <cmath>

namespace turngreen::energy {
namespace {

constexpr double kPeriodSpread = 0.02;  // of the claimed period: what the true one may differ by
// Of the period: what a single update may come early or late by.
constexpr double kUnsteady = 0.005;
constexpr double kDrift = 1e-5;  // of the period, from one beginning of the measure to the next
constexpr double kLongestMeasure = 4096;  // updates that the period is measured over
constexpr std::uint64_t kNeededAtFirst = 16;
constexpr std::uint64_t kNeededAtMost = 1U << 20U;

double nanoseconds(units::Duration time) { return static_cast<double>(time.in_nanoseconds()); }

}  // namespace

UpdateClock::UpdateClock(units::Duration period)
    : claimed_(nanoseconds(period)), needed_(kNeededAtFirst) {}

void UpdateClock::forget() { begun_ = false; }

void UpdateClock::contradict() {
  needed_ = std::min(needed_ * 2, kNeededAtMost);
  forget();
}

UpdateClock::Window UpdateClock::intersection(const Window& a, const Window& b) {
  return {std::max(a.earliest, b.earliest), std::min(a.latest, b.latest)};
}

UpdateClock::Window UpdateClock::predicted(double updates) const {
  const double whole = updates_ + updates;
  return {
      std::max(last_.earliest + updates * period_.earliest,
               first_.earliest + whole * period_.earliest),
      std::min(last_.latest + updates * period_.latest, first_.latest + whole * period_.latest)};
}

UpdateClock::Candidates UpdateClock::candidates(const Window& within) const {
  return {std::max(0.0, std::ceil((within.earliest - last_.latest) / period_.latest)),
          std::floor((within.latest - last_.earliest) / period_.earliest)};
}

void UpdateClock::moved(Instant after, Instant until) {
  const double unsteady = kUnsteady * claimed_;
  if (begun_ && lost(after)) forget();
  if (!begun_) {
    const double width = nanoseconds(until - after);
    if (width >= claimed_ * (1 - kPeriodSpread)) return;  // it may hold several updates
    begun_ = true;
    origin_ = after;
    first_ = last_ = {-unsteady, width + unsteady};
    period_ = {claimed_ * (1 - kPeriodSpread), claimed_ * (1 + kPeriodSpread)};
    updates_ = 0;
    agreed_ = 0;
    shown_ = 0;
    return;
  }
  if (updates_ >= kLongestMeasure) measure_anew();
  const Window window{nanoseconds(after - origin_) - unsteady,
                      nanoseconds(until - origin_) + unsteady};
  Candidates found = candidates(window);
  found.first = std::max(found.first, shown_ + 1 - updates_);
  if (found.last < found.first) return contradict();
  if (found.last > found.first) return;
  if (narrow(found.first, window)) shown_ = updates_;
}

void UpdateClock::stood_still(Instant after, Instant until) {
  if (!begun_ || lost(after)) return;
  const double unsteady = kUnsteady * claimed_;
  const Window still{nanoseconds(after - origin_) + unsteady,
                     nanoseconds(until - origin_) - unsteady};
  if (still.width() <= 0) return;
  const Candidates found = candidates(still);
  if (found.last > found.first + 1) return;
  const double base = updates_;
  for (double updates = found.first; updates <= found.last; ++updates) {
    const double ahead = base + updates - updates_;
    const Window update = predicted(ahead);
    if (update.latest <= still.earliest || update.earliest >= still.latest) continue;
    const bool not_before = still.earliest <= update.earliest;
    const bool not_after = still.latest >= update.latest;
    if (not_before && not_after) return contradict();
    if (not_before && !narrow(ahead, {still.latest, update.latest})) return;
    if (not_after) {
      if (!narrow(ahead, {update.earliest, still.earliest})) return;
      shown_ = std::max(shown_, updates_);
    }
  }
}

bool UpdateClock::lost(Instant at) const {
  const double passed = (nanoseconds(at - origin_) - last_.earliest) / period_.latest;
  return predicted(std::max(0.0, passed)).width() > claimed_;
}

bool UpdateClock::narrow(double updates, const Window& to) {
  // Three unknowns, each bounded by the other two: last = first + updates * period.
  last_ = intersection(predicted(updates), to);
  updates_ += updates;
  if (updates_ > 0) {
    period_ = intersection(period_, {(last_.earliest - first_.latest) / updates_,
                                     (last_.latest - first_.earliest) / updates_});
    first_ = intersection(first_, {last_.earliest - updates_ * period_.latest,
                                   last_.latest - updates_ * period_.earliest});
  } else {
    first_ = last_;
  }
  if (last_.width() < 0 || period_.width() < 0 || first_.width() < 0) {
    contradict();
    return false;
  }
  ++agreed_;
  return true;
}

void UpdateClock::measure_anew() {
  first_ = last_;
  shown_ -= updates_;
  updates_ = 0;
  period_ = {period_.earliest * (1 - kDrift), period_.latest * (1 + kDrift)};
}

std::optional<Instant> UpdateClock::last_update(Instant time) const {
  if (!begun_ || agreed_ < needed_) return std::nullopt;
  const double asked = nanoseconds(time - origin_);
  const double updates = std::floor((asked - last_.middle()) / period_.middle());
  if (updates < 0) return std::nullopt;
  const Window update = predicted(updates);
  const Window next = predicted(updates + 1);
  const double slack = 2 * kUnsteady * claimed_;
  if (update.latest > asked + slack || next.earliest < asked) return std::nullopt;
  return origin_ + units::nanoseconds(static_cast<std::int64_t>(update.middle()));
}

}  // namespace turngreen::energy
