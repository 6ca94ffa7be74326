#pragma once

#include <cstdint>

#include "turngreen/engine/data/examples.h"

namespace turngreen::engine {

/// That share of the examples, in (0, 1], by chance, of each class its share. The same seed chooses
/// the same ones.
void take_share(data::Examples& examples, double share, std::uint64_t seed);

/// The same of examples that a model is judged by: 200 of them at least, if there are so many, as
/// fewer say nothing of its quality.
void take_judged_share(data::Examples& examples, double share, std::uint64_t seed);

}  // namespace turngreen::engine
