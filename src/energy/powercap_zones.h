#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "rapl_domain.h"
#include "turngreen/energy/opened.h"
#include "turngreen/units/power.h"

namespace turngreen::energy {

/// One RAPL zone of the powercap tree, known by its directory's name: sockets share the names of
/// their parts.
struct PowercapZone {
  std::string id;  ///< "intel-rapl:0:1"
  std::filesystem::path energy_file;
  RaplPart part;
  std::optional<std::uint64_t> range_uj;
  units::Power max_power;
};

struct PowercapZones {
  std::vector<PowercapZone> zones;  ///< in the order of their ids
  std::vector<LeftOut> left_out;
  std::vector<Obstacle> obstacles;
};

/// The name under which powercap's obstacles are reported.
inline constexpr const char* kPowercapSensor = "RAPL (powercap)";

/// Reads what the zones below `root` say of themselves (not their counters). Looks at 1,024 zones
/// at most.
PowercapZones list_powercap_zones(const std::filesystem::path& root);

}  // namespace turngreen::energy
