#include "domain_track.h"

#include <algorithm>
#include <cmath>

#include "sampling_distance.h"

namespace turngreen::energy {
namespace {

using units::Duration;

constexpr Duration kShortestStuck = units::seconds(2);
constexpr int kStepsUntilStuck = 20;
// Between two readings of power nobody knows what was drawn; a trapezoid over more than this would
// be a guess.
constexpr Duration kLongestPowerGap = units::seconds(2);
constexpr std::int64_t kFemtojoulesPerMicrojoule = 1'000'000'000;

Duration stuck_after(const Domain& domain) {
  return std::max(kShortestStuck, domain.step * kStepsUntilStuck);
}

struct ShareBounds {
  double value = 0;
  double low = 0;
  double high = 0;
};

ShareBounds share_between(const ShareReading& then, const ShareReading& now) {
  const double tree = (now.tree - then.tree).in_seconds();
  const double whole = (now.whole - then.whole).in_seconds();
  const double tree_step = now.tree_step.in_seconds();
  const double whole_step = now.whole_step.in_seconds();
  const auto ratio = [](double part, double all) {
    return all > 0 ? std::clamp(part / all, 0.0, 1.0) : (part > 0 ? 1.0 : 0.0);
  };
  return {ratio(tree, whole), ratio(tree - tree_step, whole + whole_step),
          ratio(tree + tree_step, whole - whole_step)};
}

}  // namespace

DomainTrack::DomainTrack(const Domain& domain)
    : domain_(domain), curve_(domain.max_power, domain.step, domain.quantity == Quantity::power) {
  if (shows_its_updates(domain)) updates_.emplace(domain.step);
}

std::optional<FaultKind> DomainTrack::observe(const Observation& seen) {
  if (seen.reading.state != Reading::State::ok) {
    append(seen, true);
    has_previous_ = false;
    return seen.reading.state == Reading::State::denied ? FaultKind::denied : FaultKind::vanished;
  }
  if (domain_.quantity == Quantity::power && beyond_greatest_power(seen.reading)) {
    // Nor may the trapezoid to the next reading begin here.
    append(seen, true);
    has_previous_ = false;
    return FaultKind::implausible;
  }
  if (!has_previous_ || seen.suspended) {
    if (updates_) updates_->forget();
    append(seen, !curve_.empty());
    keep(seen);
    return seen.suspended ? std::optional(FaultKind::suspended) : std::nullopt;
  }
  return domain_.quantity == Quantity::power ? observe_power(seen) : observe_counter(seen);
}

std::optional<FaultKind> DomainTrack::observe_counter(const Observation& seen) {
  const std::uint64_t before = previous_.reading.value;
  const std::uint64_t now = seen.reading.value;
  const Duration gap = seen.after - previous_.before;
  const std::uint64_t most = most_counts(gap + domain_.step);

  if (domain_.wraps_at && most >= *domain_.wraps_at) {
    // It may have wrapped more than once: the difference says nothing.
    append(seen, true);
    keep(seen);
    return FaultKind::late;
  }
  if (now == before) return unchanged(seen);
  if (stuck_) {
    append(seen, true);
    keep(seen);
    return FaultKind::stuck;
  }

  std::optional<FaultKind> fault;
  Increase increase;
  if (now > before) {
    const Reading& then = previous_.reading;
    const bool ordered = !domain_.estimated() ||
                         (seen.reading.low >= then.low && seen.reading.low - then.low <= most &&
                          seen.reading.high >= then.high && seen.reading.high - then.high <= most);
    if (now - before > most || !ordered) {
      append(seen, true);
      keep(seen);
      return FaultKind::implausible;
    }
    const std::uint64_t paid = std::min(debt_, now - before);
    debt_ -= paid;
    increase.value = static_cast<WideInteger>(now - before) - static_cast<WideInteger>(paid);
    increase.low = domain_.estimated()
                       ? static_cast<WideInteger>(seen.reading.low) - previous_.reading.low
                       : increase.value;
    increase.high = domain_.estimated()
                        ? static_cast<WideInteger>(seen.reading.high) - previous_.reading.high
                        : increase.value;
  } else {
    const std::uint64_t back = before - now;
    if (domain_.wraps_at && before <= *domain_.wraps_at &&
        *domain_.wraps_at - before + now <= most) {
      increase.value = static_cast<WideInteger>(*domain_.wraps_at - before) + now;
      fault = FaultKind::wrap;
    } else if (back <= most && now > most) {
      // A dip: until the counter has climbed back, its increase was counted before.
      debt_ += back;
      append(seen, true);
      keep(seen);
      return FaultKind::backward;
    } else if (now <= most) {
      // Began again at zero: these counts were surely spent since; how many before the reset,
      // nobody knows.
      debt_ = 0;
      increase.value = now;
      fault = FaultKind::reset;
    } else {
      debt_ = 0;
      append(seen, true);
      keep(seen);
      return FaultKind::backward;
    }
    increase.low = increase.high = increase.value;
  }
  if (updates_) {
    if (fault == FaultKind::reset) {
      updates_->forget();
    } else {
      updates_->moved(previous_.before, seen.after);
    }
  }
  add(increase, seen);
  append(seen, fault == FaultKind::reset);
  keep(seen);
  return fault;
}

std::optional<FaultKind> DomainTrack::unchanged(const Observation& seen) {
  const bool too_long = seen.after - last_change_ > stuck_after(domain_);
  if (!too_long) {
    if (updates_) updates_->stood_still(previous_.after, seen.before);
    previous_ = seen;  // narrows the window of the next change
    return std::nullopt;
  }
  if (!domain_.always_draws) {
    append(seen, false);
    keep(seen);
    return std::nullopt;
  }
  stuck_ = true;
  append(seen, true);
  previous_ = seen;
  return FaultKind::stuck;
}

std::optional<FaultKind> DomainTrack::observe_power(const Observation& seen) {
  const Duration gap = seen.after - previous_.after;
  if (gap > kLongestPowerGap) {
    append(seen, true);
    keep(seen);
    return FaultKind::late;
  }
  const WideInteger time = gap.in_nanoseconds();
  const Reading& then = previous_.reading;
  const Reading& now = seen.reading;
  add({(microwatts(then.value) + microwatts(now.value)) * time / 2,
       microwatts(std::min(then.low, now.low)) * time,
       microwatts(std::max(then.high, now.high)) * time},
      seen);
  append(seen, false);
  keep(seen);
  return std::nullopt;
}

void DomainTrack::add(const Increase& increase, const Observation& seen) {
  const auto to_microjoules = [this](WideInteger raw) {
    if (domain_.quantity == Quantity::power) {
      return static_cast<std::int64_t>(raw / kFemtojoulesPerMicrojoule);
    }
    return static_cast<std::int64_t>(raw * domain_.unit.numerator / domain_.unit.denominator);
  };
  const Increase before = raw_total_;
  raw_total_.value += increase.value;
  raw_total_.low += increase.low;
  raw_total_.high += increase.high;
  const Cumulative counted{to_microjoules(raw_total_.value) - to_microjoules(before.value),
                           to_microjoules(raw_total_.low) - to_microjoules(before.low),
                           to_microjoules(raw_total_.high) - to_microjoules(before.high)};
  ShareBounds share{1, 1, 1};
  if (seen.share) share = share_between(share_then_, *seen.share);
  const auto part = [](double of, std::int64_t whole) {
    return of == 1.0 ? whole : std::llround(of * static_cast<double>(whole));
  };
  shared_.value += part(share.value, counted.value);
  shared_.low += part(share.low, counted.low);
  shared_.high += part(share.high, counted.high);
}

void DomainTrack::append(const Observation& seen, bool hole_before) {
  const bool share_unknown = seen.share && !seen.share->known;
  Curve::Point point{seen.after, seen.after, seen.after, shared_,
                     (hole_before || share_unknown) && !curve_.empty()};
  if (domain_.quantity == Quantity::energy) {
    // What is read now was reached at most one step ago, and after the last reading that showed
    // less.
    point.from = seen.before - domain_.step;
    if (has_previous_) point.from = std::max(point.from, previous_.before);
    if (!curve_.empty()) point.from = std::max(point.from, curve_.last().from);
    point.at = reached_at(point);
  }
  curve_.append(point);
}

Instant DomainTrack::reached_at(const Curve::Point& point) const {
  const Instant middle =
      point.from + units::nanoseconds((point.until - point.from).in_nanoseconds() / 2);
  Instant at = middle;
  if (updates_) at = updates_->last_update(point.until).value_or(middle);
  if (!curve_.empty()) at = std::max(at, curve_.last().at);
  return std::clamp(at, point.from, point.until);
}

void DomainTrack::keep(const Observation& seen) {
  previous_ = seen;
  last_change_ = seen.after;
  has_previous_ = true;
  stuck_ = false;
  if (seen.share) share_then_ = *seen.share;
}

WideInteger DomainTrack::microwatts(std::uint64_t raw) const {
  return static_cast<WideInteger>(raw) * domain_.unit.numerator / domain_.unit.denominator;
}

bool DomainTrack::beyond_greatest_power(const Reading& reading) const {
  return static_cast<double>(microwatts(reading.high)) > domain_.max_power.in_watts() * 1e6;
}

std::uint64_t DomainTrack::most_counts(Duration within) const {
  const double microjoules = domain_.max_power.in_watts() * within.in_seconds() * 1e6;
  const double counts = microjoules * static_cast<double>(domain_.unit.denominator) /
                        static_cast<double>(domain_.unit.numerator);
  return counts >= 9e18 ? ~std::uint64_t{0} : static_cast<std::uint64_t>(counts) + 1;
}

}  // namespace turngreen::energy
