#pragma once

#include <array>
#include <optional>

#include "option_choice.h"
#include "turngreen/engine/checkpoint/architecture.h"
#include "turngreen/engine/data/row_reader.h"

namespace turngreen::engine {

// How options that tell of rows name their values, whatever is done with them.

inline constexpr std::array<Choice<data::BadRows>, 2> kBadRows = {
    {{"error", data::BadRows::error}, {"skip", data::BadRows::skip}}};
inline constexpr std::array<Choice<std::optional<checkpoint::Problem>>, 4> kProblems = {
    {{"by-labels", std::nullopt},
     {"single-label", checkpoint::Problem::single_label},
     {"multi-label", checkpoint::Problem::multi_label},
     {"regression", checkpoint::Problem::regression}}};

}  // namespace turngreen::engine
