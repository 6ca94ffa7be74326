#pragma once

#include <cstddef>
#include <cstdint>

#include "turngreen/knobs/configuration.h"

namespace turngreen::pipeline {

/// Which of `count` (1 or more) repeats of a run the seed draws: each of them once in the `count`
/// seeds from a multiple of `count` on. The same on every machine.
std::size_t drawn_repeat(std::size_t count, const knobs::Configuration& configuration,
                         double fidelity, std::uint64_t seed);

}  // namespace turngreen::pipeline
