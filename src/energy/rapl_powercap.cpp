#include "turngreen/energy/rapl_powercap.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "mirrored_counters.h"
#include "powercap_zones.h"
#include "sysfs_file.h"

namespace turngreen::energy {
namespace {

// A group that may read the counters: the narrowest right that outlives a reboot. Readable by
// everyone they would tell any program what the others compute (CVE-2020-8694).
constexpr const char* kRemedy =
    "sudo groupadd -f rapl && sudo usermod -aG rapl \"$USER\" && "
    R"(echo 'SUBSYSTEM=="powercap", TEST=="energy_uj", RUN+="/bin/chgrp rapl /sys%p/energy_uj", )"
    R"(RUN+="/bin/chmod 0440 /sys%p/energy_uj"' | sudo tee /etc/udev/rules.d/70-rapl.rules && )"
    "sudo udevadm control --reload && sudo udevadm trigger --settle --subsystem-match=powercap && "
    "newgrp rapl";

struct OpenZone {
  PowercapZone zone;
  SysfsFile counter;
};

/// The zones whose counters can be read and that nothing else tells.
std::vector<OpenZone> open_zones(std::vector<PowercapZone> zones, std::span<const Domain> measured,
                                 Opened<RaplPowercap>& opened) {
  std::vector<OpenZone> open;
  std::vector<std::string> denied;
  for (PowercapZone& zone : zones) {
    const std::string file = zone.energy_file.string();
    if (tells(measured, zone.part)) {
      opened.left_out.push_back(
          {domain_name(zone.part), file, "read through perf_event, which does not wrap"});
      continue;
    }
    auto counter = SysfsFile::open(zone.energy_file);
    if (!counter && counter.error().kind == Error::Kind::no_permission) {
      denied.push_back(file);
    } else if (!counter) {
      opened.left_out.push_back({domain_name(zone.part), file, counter.error().message});
    } else if (const auto first = counter->read_number(); first.state != SysfsFile::State::ok) {
      opened.left_out.push_back({domain_name(zone.part), file,
                                 first.state == SysfsFile::State::garbage
                                     ? "its counter is no whole number"
                                     : "the kernel cannot read its counter"});
    } else {
      open.push_back({std::move(zone), std::move(*counter)});
    }
  }
  if (!denied.empty())
    opened.obstacles.push_back(
        {kPowercapSensor,
         fmt::format("{}{}: permission denied (since Linux 5.10 only root may read the counters)",
                     denied.front(),
                     denied.size() == 1 ? "" : fmt::format(" and {} more", denied.size() - 1)),
         kRemedy});
  return open;
}

std::ptrdiff_t count_alike(const std::vector<OpenZone>& zones, const RaplPart& part) {
  return std::count_if(zones.begin(), zones.end(), [&](const OpenZone& other) {
    return other.zone.part.kind == part.kind && other.zone.part.socket == part.socket;
  });
}

/// For each zone the one of the same kind and socket whose counter it repeats. Only what is counted
/// is compared.
std::vector<std::optional<std::size_t>> find_repeats(const std::vector<OpenZone>& zones) {
  std::vector<std::size_t> suspects;
  std::vector<unsigned> groups;
  for (std::size_t i = 0; i < zones.size(); ++i) {
    const RaplPart& part = zones[i].zone.part;
    const bool dram = part.kind == DomainKind::dram;
    if ((part.kind != DomainKind::package && !dram) || count_alike(zones, part) < 2) continue;
    suspects.push_back(i);
    groups.push_back(part.socket * 2 + (dram ? 1 : 0));
  }
  std::vector<std::optional<std::size_t>> repeated(zones.size());
  if (suspects.empty()) return repeated;
  const auto passes = watch_counters(suspects.size(), [&](std::span<Reading> out) {
    for (std::size_t i = 0; i < suspects.size(); ++i)
      out[i] = zones[suspects[i]].counter.read_number().reading();
  });
  const auto originals = find_mirrors(passes, groups, CountingFrom::shared_origin);
  for (std::size_t i = 0; i < suspects.size(); ++i)
    if (originals[i]) repeated[suspects[i]] = suspects[*originals[i]];
  return repeated;
}

/// Leaves out zones that repeat another of their socket, with the parts of such a die. What remains
/// alone of its socket is named after the socket.
std::vector<OpenZone> without_mirrors(std::vector<OpenZone> zones, Opened<RaplPowercap>& opened) {
  const auto repeated = find_repeats(zones);
  std::set<std::string> dies;  // the ids of packages left out
  std::set<unsigned> sockets;
  std::vector<std::string> reasons(zones.size());
  for (std::size_t i = 0; i < zones.size(); ++i) {
    const PowercapZone& zone = zones[i].zone;
    const std::string parent = zone.id.substr(0, zone.id.rfind(':'));
    const bool within_package =
        zone.part.kind == DomainKind::cores || zone.part.kind == DomainKind::uncore;
    if (repeated[i]) {
      const PowercapZone& original = zones[*repeated[i]].zone;
      reasons[i] =
          fmt::format("shows the same counter as {} ({})", domain_name(original.part), original.id);
      if (zone.part.kind == DomainKind::package) dies.insert(zone.id);
      sockets.insert(zone.part.socket);
    } else if (within_package && dies.contains(parent)) {
      reasons[i] = fmt::format("part of {}, which mirrors another die", parent);
    }
  }
  std::vector<OpenZone> kept;
  for (std::size_t i = 0; i < zones.size(); ++i) {
    const PowercapZone& zone = zones[i].zone;
    if (reasons[i].empty())
      kept.push_back(std::move(zones[i]));
    else
      opened.left_out.push_back(
          {domain_name(zone.part), zone.energy_file.string(), std::move(reasons[i])});
  }
  for (OpenZone& open : kept) {
    RaplPart& part = open.zone.part;
    if (sockets.contains(part.socket) && count_alike(kept, part) == 1) part.die.reset();
  }
  return kept;
}

}  // namespace

struct RaplPowercap::State {
  std::vector<Domain> domains;
  std::vector<SysfsFile> counters;  ///< one per domain
};

Opened<RaplPowercap> RaplPowercap::open(const std::filesystem::path& root,
                                        std::span<const Domain> measured) {
  Opened<RaplPowercap> opened;
  PowercapZones listed = list_powercap_zones(root);
  opened.left_out = std::move(listed.left_out);
  opened.obstacles = std::move(listed.obstacles);

  auto state = std::make_unique<State>();
  std::set<std::string> names;
  for (const Domain& domain : measured) names.insert(domain.name);
  for (OpenZone& open :
       without_mirrors(open_zones(std::move(listed.zones), measured, opened), opened)) {
    const PowercapZone& zone = open.zone;
    Domain domain = rapl_domain(zone.part, Source::rapl_powercap, zone.energy_file.string());
    domain.wraps_at = zone.range_uj;
    domain.max_power = zone.max_power;
    state->domains.push_back(std::move(domain));
    state->counters.push_back(std::move(open.counter));
  }
  mark_overlaps(state->domains, measured);
  for (Domain& domain : state->domains) {
    const std::string name = domain.name;
    for (unsigned n = 2; !names.insert(domain.name).second; ++n)
      domain.name = fmt::format("{}-zone-{}", name, n);
  }
  if (!state->domains.empty()) opened.sensor.reset(new RaplPowercap(std::move(state)));
  return opened;
}

RaplPowercap::RaplPowercap(std::unique_ptr<State> state) : state_(std::move(state)) {}
RaplPowercap::~RaplPowercap() = default;

std::span<const Domain> RaplPowercap::domains() const { return state_->domains; }

void RaplPowercap::read(std::span<Reading> out) noexcept {
  for (std::size_t i = 0; i < state_->counters.size(); ++i)
    out[i] = state_->counters[i].read_number().reading();
}

}  // namespace turngreen::energy
