#pragma once

#include <string_view>

#include "microarchitecture.h"
#include "turngreen/units/bounded.h"
#include "turngreen/units/power.h"

namespace turngreen::energy {

/// Published power of one logical processor, each with its range.
struct CpuCoefficients {
  units::Bounded<units::Power> idle;
  units::Bounded<units::Power> full;
  std::string_view basis;  ///< where the values come from
};

CpuCoefficients cpu_coefficients(CpuClass cpu_class);

}  // namespace turngreen::energy
