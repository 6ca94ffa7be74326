#pragma once

#include <span>

#include "turngreen/energy/domain.h"

namespace turngreen::energy {

/// Whether the times of the domain's updates can be learnt from its readings: a counter that never
/// rests, since one that may stand still through an update hides it.
bool shows_its_updates(const Domain& domain);

/// What to leave between two samples so that slow counters show when they are updated: read in step
/// with its updates, a counter would show each of them at the same unknown distance. Hence a little
/// less than `period` where such a counter is read, else `period`.
units::Duration sampling_distance(units::Duration period, std::span<const Domain> domains);

}  // namespace turngreen::energy
