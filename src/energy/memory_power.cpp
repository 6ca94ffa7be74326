#include "memory_power.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace turngreen::energy {
namespace {

constexpr double kBoaviztaWattsPerGb = 0.284;  // Boavizta, boaviztapi methodology, RAM
constexpr double kCcfWattsPerGb = 0.392;  // Cloud Carbon Footprint, methodology, memory coefficient

/// CodeCarbon 3, external/ram.py: so many modules for a size.
int module_count(double gb) {
  if (gb <= 16) return 2;
  if (gb <= 64) return 4;
  if (gb <= 128) return 8;
  constexpr int kMostModules = 32;
  constexpr int kFewestModules = 8;
  for (const double module_gb : {128.0, 64.0, 32.0, 16.0}) {
    const auto count = static_cast<int>(std::min(gb / module_gb, double{kMostModules}));
    if (count >= kFewestModules) return count;
  }
  return kFewestModules;
}

/// CodeCarbon 3: watts per module, fewer for each further one, and never below a floor.
double codecarbon_watts(double gb, MemoryBoard board) {
  const double per_module = board == MemoryBoard::arm ? 1.5 : 5.0;
  const double floor = board == MemoryBoard::arm ? 3.0 : 10.0;
  double sum = 0;
  for (int module = 1; module <= module_count(gb); ++module) {
    sum += per_module * (module <= 4 ? 1.0 : module <= 8 ? 0.9 : module <= 16 ? 0.8 : 0.7);
  }
  return std::max(sum, floor);
}

}  // namespace

units::Bounded<units::Power> memory_power(std::uint64_t bytes, MemoryBoard board) {
  const double gb = static_cast<double>(bytes) / (1024.0 * 1024.0 * 1024.0);
  std::array<double, 3> watts{kBoaviztaWattsPerGb * gb, kCcfWattsPerGb * gb,
                              codecarbon_watts(gb, board)};
  std::sort(watts.begin(), watts.end());
  return {units::watts(watts[1]), units::watts(watts[0]), units::watts(watts[2])};
}

}  // namespace turngreen::energy
