#include "codecarbon_run.h"

namespace turngreen::report {

units::Energy CodeCarbonRun::energy() const {
  if (tasks.empty()) return whole->energy;
  units::Energy sum;
  for (const auto& task : tasks) sum += task.energy;
  return sum;
}

units::Duration CodeCarbonRun::duration() const {
  if (tasks.empty()) return whole->duration;
  units::Duration sum;
  for (const auto& task : tasks) sum += task.duration;
  return sum;
}

}  // namespace turngreen::report
