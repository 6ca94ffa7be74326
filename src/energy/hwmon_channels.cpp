#include "hwmon_channels.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>
#include <map>
#include <string_view>
#include <system_error>
#include <utility>

#include <fmt/format.h>

namespace turngreen::energy {
namespace {

constexpr std::size_t kMaxDevices = 256;
constexpr std::size_t kMaxEntries = 4096;
constexpr std::uint64_t kMaxChannels = 1024;  // amd_energy has one per core

/// The names in a directory that start with `prefix` and a number, by number; at most `limit`.
std::map<std::uint64_t, std::string> numbered_entries(const std::filesystem::path& directory,
                                                      std::string_view prefix, std::size_t limit) {
  std::map<std::uint64_t, std::string> found;
  std::error_code error;
  std::filesystem::directory_iterator at(directory, error);
  for (std::size_t seen = 0;
       !error && at != std::filesystem::directory_iterator() && seen < kMaxEntries;
       at.increment(error), ++seen) {
    const std::string name = at->path().filename().string();
    if (!name.starts_with(prefix)) continue;
    if (const auto number = parse_number(std::string_view(name).substr(prefix.size())))
      found.emplace(*number, name);
    if (found.size() > limit) found.erase(std::prev(found.end()));
  }
  return found;
}

struct Device {
  std::size_t number = 0;
  std::string driver;
};

struct Meaning {
  DomainKind kind = DomainKind::board;
  std::optional<unsigned> socket;
};

std::optional<unsigned> socket_after(std::string_view label, std::string_view words) {
  if (!label.starts_with(words)) return std::nullopt;
  const auto number = parse_number(label.substr(words.size()));
  if (!number || *number > 4096) return std::nullopt;
  return static_cast<unsigned>(*number);
}

/// What the driver and the label say that is measured; a board where they say nothing.
Meaning meaning_of(std::string_view driver, std::string_view label) {
  constexpr std::array<std::string_view, 5> kGraphics{"amdgpu", "radeon", "nouveau", "i915", "xe"};
  if (std::find(kGraphics.begin(), kGraphics.end(), driver) != kGraphics.end())
    return {DomainKind::gpu, std::nullopt};
  if (driver == "amd_energy") {
    if (const auto socket = socket_after(label, "Esocket")) return {DomainKind::package, socket};
    return {DomainKind::cores, std::nullopt};
  }
  if (driver == "fam15h_power") return {DomainKind::package, std::nullopt};
  if (driver == "power_meter") {
    // NVIDIA Grace: the socket's envelope includes its memory; CPU and SysIO are rails within it.
    // The module adds the GPU, which NVML tells.
    if (const auto socket = socket_after(label, "Grace Power Socket "))
      return {DomainKind::module, socket};
    if (const auto socket = socket_after(label, "CPU Power Socket "))
      return {DomainKind::cores, socket};
    if (const auto socket = socket_after(label, "SysIO Power Socket "))
      return {DomainKind::uncore, socket};
  }
  return {};
}

units::Duration energy_step(std::string_view driver) {
  return units::milliseconds(driver == "amd_energy" ? 1 : 100);
}

/// The kernel shows batteries and chargers under hwmon too, charging or not.
bool is_power_supply(const std::filesystem::path& device) {
  constexpr std::array<std::string_view, 5> kTypes{"Battery", "Mains", "USB", "UPS", "Wireless"};
  const auto type = read_attribute(device / "type");
  return type && std::find(kTypes.begin(), kTypes.end(), *type) != kTypes.end();
}

/// One channel, "energy1" or "power1", of the device whose attributes are in `directory`.
void add_channel(const std::filesystem::path& directory, std::string_view channel,
                 const Device& device, HwmonChannels& found) {
  const bool energy = channel.starts_with("energy");
  const auto attribute = [&](std::string_view suffix) {
    return directory / fmt::format("{}_{}", channel, suffix);
  };
  // An average misses no peak between two reads, an instantaneous value does.
  std::filesystem::path file = attribute(energy ? "input" : "average");
  auto value = SysfsFile::open(file);
  units::Duration step = units::seconds(1);
  if (const auto interval = read_number_attribute(attribute("average_interval")); interval && value)
    step = units::milliseconds(static_cast<double>(std::clamp<std::uint64_t>(*interval, 1, 60000)));
  if (!value && value.error().kind == Error::Kind::not_found && !energy) {
    file = attribute("input");
    value = SysfsFile::open(file);
  }
  if (!value && value.error().kind == Error::Kind::not_found) return;  // a limit or an alarm alone
  if (!value && value.error().kind == Error::Kind::no_permission) {
    found.denied.push_back(file.string());
    return;
  }
  auto label = read_attribute(attribute("label"));
  if (!label || label->empty()) label = read_attribute(attribute("oem_info"));
  std::string name = label && !label->empty() ? *label : std::string(channel);
  if (!value || value->read_number().state != SysfsFile::State::ok) {
    found.left_out.push_back({fmt::format("{} {}", device.driver, name), file.string(),
                              "holds no whole number: no value at the moment"});
    return;
  }
  const Meaning meaning = meaning_of(device.driver, name);
  if (meaning.kind == DomainKind::cores && device.driver == "amd_energy") {
    const LeftOut cores{"amd_energy cores", directory.string(), "parts of their sockets"};
    if (found.left_out.empty() || found.left_out.back() != cores) found.left_out.push_back(cores);
    return;
  }
  std::error_code error;
  const bool has_cap = std::filesystem::exists(directory / "power1_cap", error);
  found.channels.push_back(
      {device.number, device.driver, std::move(name), std::move(file), std::move(*value),
       energy ? Quantity::energy : Quantity::power, meaning.kind, meaning.socket,
       // amdgpu shows a limit for cards, none for graphics within a processor.
       device.driver == "amdgpu" && !has_cap, energy ? energy_step(device.driver) : step});
}

/// "energy1", "energy2", "power1", ... in a device's directory.
std::vector<std::string> channel_names(const std::filesystem::path& directory) {
  std::map<std::pair<std::string, std::uint64_t>, std::string> found;
  std::error_code error;
  std::filesystem::directory_iterator at(directory, error);
  for (std::size_t seen = 0;
       !error && at != std::filesystem::directory_iterator() && seen < kMaxEntries;
       at.increment(error), ++seen) {
    const std::string name = at->path().filename().string();
    for (const char* word : {"energy", "power"}) {
      const std::string_view prefix = word;
      if (!name.starts_with(prefix)) continue;
      const std::string channel = name.substr(0, name.find('_'));
      const auto number = parse_number(std::string_view(channel).substr(prefix.size()));
      if (number && *number <= kMaxChannels) found.emplace(std::pair(word, *number), channel);
    }
  }
  std::vector<std::string> names;
  names.reserve(found.size());
  for (auto& [key, name] : found) names.push_back(std::move(name));
  return names;
}

}  // namespace

HwmonChannels list_hwmon_channels(const std::filesystem::path& root) {
  HwmonChannels found;
  std::size_t number = 0;
  for (const auto& [index, name] : numbered_entries(root, "hwmon", kMaxDevices)) {
    const std::filesystem::path own = root / name;
    ++number;
    if (is_power_supply(own / "device")) {
      found.left_out.push_back({name, own.string(), "a battery or charger, read as power supply"});
      continue;
    }
    const Device device{number, read_attribute(own / "name").value_or(name)};
    for (const auto& directory : {own, own / "device"}) {
      const std::vector<std::string> channels = channel_names(directory);
      for (const std::string& channel : channels) add_channel(directory, channel, device, found);
      // Older drivers (acpi_power_meter) keep their attributes at the device itself.
      if (!channels.empty()) break;
    }
  }
  return found;
}

}  // namespace turngreen::energy
