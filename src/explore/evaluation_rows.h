#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "configuration_values.h"

namespace turngreen::explore {

/// How many rows the runs were evaluated on, as the Hugging Face trainer tells it without saying
/// so: eval_runtime (or test_runtime, or runtime) times its samples_per_second. Each product leaves
/// a range, since both are rounded; absent: no run tells both, not exactly one whole number lies in
/// all the ranges.
std::optional<std::uint64_t> evaluation_rows(
    const std::vector<ConfigurationValues>& configurations);

}  // namespace turngreen::explore
