#pragma once

#include <cstdint>
#include <span>

#include "turngreen/engine/data/examples.h"

namespace turngreen::data {

/// Those of the examples, in that order.
Examples part_of(const Examples& all, std::span<const std::int64_t> chosen);

}  // namespace turngreen::data
