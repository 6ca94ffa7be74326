#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "turngreen/energy/statement.h"

namespace turngreen::report {

/// A running measurement in one line of at most `columns`: time, energy so far, power now, the
/// stage it is in. Estimates are marked as in the table.
std::string live_line(const energy::Statement& snapshot, std::optional<units::Power> power,
                      std::size_t columns);

}  // namespace turngreen::report
