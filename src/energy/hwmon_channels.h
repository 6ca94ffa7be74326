#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "sysfs_file.h"
#include "turngreen/energy/domain.h"
#include "turngreen/energy/opened.h"

namespace turngreen::energy {

/// One energy or power value of a hwmon device, with what its driver and label tell of it.
struct HwmonChannel {
  std::size_t device = 0;  ///< numbers the devices, in the order of their names
  std::string driver;      ///< "amdgpu", "power_meter"
  std::string label;       ///< as the driver gives it, or the channel: "power1"
  std::filesystem::path file;
  SysfsFile value;
  Quantity quantity = Quantity::power;
  DomainKind kind = DomainKind::board;
  std::optional<unsigned> socket;  ///< where the label names one
  bool in_package = false;         ///< graphics of a processor, part of what its package draws
  units::Duration step;
};

struct HwmonChannels {
  std::vector<HwmonChannel> channels;
  std::vector<LeftOut> left_out;
  std::vector<std::string> denied;  ///< files that may not be read
};

/// Looks at 256 devices at most.
HwmonChannels list_hwmon_channels(const std::filesystem::path& root);

}  // namespace turngreen::energy
