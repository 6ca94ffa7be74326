#pragma once

#include <string_view>

#include "command_table.h"

namespace turngreen::cli {

inline constexpr std::string_view kSensorsDetails =
    "Each domain is shown with its source, and with the period and the step at which its value was "
    "seen to "
    "change; --no-probe leaves that out. Sensors that are there and may not be read come with the "
    "command "
    "that grants the least right. What no sensor measures is estimated; the basis and its range "
    "are shown.\n"
    "\n"
    "  turngreen sensors\n"
    "  turngreen sensors --json --no-probe\n"
    "  turngreen sensors --powercap-root /host/sys/class/powercap\n";

Action configure_sensors(CLI::App& app);

}  // namespace turngreen::cli
