#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "train/training_state.h"

namespace turngreen::train {

/// Absent where there is no metric of that name, or it is not defined.
std::optional<double> value_of(const Evaluation& evaluation, std::string_view metric);

/// Whether less is better: of losses and errors.
bool is_to_be_small(std::string_view metric);

/// Whether the last evaluation is better than the best so far; the first with a value is.
bool last_is_best(const TrainingState& state, std::string_view metric);

/// Evaluations since the best one; all of them where none has a value.
std::int64_t evaluations_without_better(const TrainingState& state);

}  // namespace turngreen::train
