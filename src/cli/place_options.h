#pragma once

#include "turngreen/energy/find_sensors.h"

namespace CLI {
class App;
}

namespace turngreen::cli {

/// Adds an option for each place where sensors are looked for: a container may see the host's sysfs
/// elsewhere.
void add_place_options(CLI::App& app, energy::SensorPlaces& places);

}  // namespace turngreen::cli
