#include "sampling_distance.h"

#include <algorithm>

namespace turngreen::energy {
namespace {

// Faster ones are known closely enough.
constexpr units::Duration kShortestSlowStep = units::milliseconds(10);
// A tenth of the golden ratio: readings fall evenly over a counter's period and soon everywhere.
constexpr double kOffBeat = 0.061803;

}  // namespace

bool shows_its_updates(const Domain& domain) {
  return domain.quantity == Quantity::energy && domain.always_draws && !domain.estimated() &&
         domain.step > units::Duration{};
}

units::Duration sampling_distance(units::Duration period, std::span<const Domain> domains) {
  const units::Duration slow = std::max(period, kShortestSlowStep);
  const bool any_slow = std::any_of(domains.begin(), domains.end(), [slow](const Domain& domain) {
    return shows_its_updates(domain) && domain.step >= slow;
  });
  return any_slow ? period * (1 - kOffBeat) : period;
}

}  // namespace turngreen::energy
