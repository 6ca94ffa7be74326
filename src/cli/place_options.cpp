#include "place_options.h"

#include <CLI/CLI.hpp>

namespace turngreen::cli {

void add_place_options(CLI::App& app, energy::SensorPlaces& places) {
  const auto directory = [&app](const char* name, std::filesystem::path& place, const char* text) {
    app.add_option_function<std::string>(
           name, [&place](const std::string& value) { place = value; }, text)
        ->type_name("DIR")
        ->group("Where sensors are looked for");
  };
  directory("--powercap-root", places.powercap, "instead of /sys/class/powercap");
  directory("--event-source-root", places.event_source, "instead of /sys/bus/event_source/devices");
  directory("--hwmon-root", places.hwmon, "instead of /sys/class/hwmon");
  directory("--power-supply-root", places.power_supply, "instead of /sys/class/power_supply");
  directory("--proc-root", places.proc, "instead of /proc, for processor and memory figures");
  directory("--cpu-root", places.cpus, "instead of /sys/devices/system/cpu");
  const auto library = [&app](const char* name, std::string& place, const char* text) {
    app.add_option(name, place, text)->type_name("FILE")->group("Where sensors are looked for");
  };
  library("--nvml-library", places.nvml_library, "instead of libnvidia-ml.so.1");
  library("--amd-smi-library", places.amd_smi_library, "instead of libamd_smi.so");
}

}  // namespace turngreen::cli
