#pragma once

#include <nlohmann/json.hpp>
#include <optional>

#include "own_meter.h"

namespace turngreen::engine {

/// {"joules", "low", "high", "estimated_joules"} of a command on this machine; null where it was
/// not metered here.
inline nlohmann::ordered_json energy_json(const std::optional<EnergySpent>& spent) {
  if (!spent) return nullptr;
  return {{"joules", spent->energy.value.in_joules()},
          {"low", spent->energy.low.in_joules()},
          {"high", spent->energy.high.in_joules()},
          {"estimated_joules", spent->estimated.in_joules()}};
}

}  // namespace turngreen::engine
