#pragma once

#include <memory>
#include <string>
#include <vector>

namespace turngreen::energy {

/// A sensor that is there but cannot be used, and the least that would change that.
struct Obstacle {
  std::string sensor;  ///< "RAPL (powercap)"
  std::string reason;  ///< what was tried and what the system answered
  std::string
      remedy;  ///< the exact command that grants the least right; empty where none would help

  friend bool operator==(const Obstacle&, const Obstacle&) = default;
};

/// A domain that was found and left out, with the reason (mirrored die, mmio copy, perf beside
/// powercap).
struct LeftOut {
  std::string name;
  std::string origin;
  std::string reason;

  friend bool operator==(const LeftOut&, const LeftOut&) = default;
};

/// What opening one kind of sensor gave. No sensor and no obstacle: this machine has no such
/// hardware.
template <typename SensorKind>
struct Opened {
  std::unique_ptr<SensorKind> sensor;  ///< has at least one domain; null: nothing can be read
  std::vector<Obstacle> obstacles;
  std::vector<LeftOut> left_out;
};

}  // namespace turngreen::energy
