#include "powercap_zones.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "sysfs_file.h"

namespace turngreen::energy {
namespace {

constexpr std::size_t kMaxZones = 256;
constexpr std::size_t kMaxEntries = 16384;
// The limit of a package is what it may draw for seconds; for a moment it draws more.
constexpr double kPeakOverLimit = 4;

struct ZoneId {
  bool mmio = false;
  std::vector<std::uint64_t> numbers;  ///< "intel-rapl:1:0" has 1, 0

  friend auto operator<=>(const ZoneId&, const ZoneId&) = default;
};

std::optional<ZoneId> parse_zone_id(std::string_view name) {
  ZoneId id;
  const auto colon = name.find(':');
  const std::string_view control = name.substr(0, colon);
  if (colon == std::string_view::npos) return std::nullopt;
  if (control != "intel-rapl" && control != "intel-rapl-mmio") return std::nullopt;
  id.mmio = control == "intel-rapl-mmio";
  for (std::string_view rest = name.substr(colon + 1);;) {
    const auto end = rest.find(':');
    const auto number = parse_number(rest.substr(0, end));
    if (!number || id.numbers.size() == 8) return std::nullopt;
    id.numbers.push_back(*number);
    if (end == std::string_view::npos) return id;
    rest.remove_prefix(end + 1);
  }
}

struct Entry {
  ZoneId id;
  std::string name;
};

std::vector<Entry> list_entries(const std::filesystem::path& root, PowercapZones& found) {
  std::vector<Entry> entries;
  std::error_code error;
  std::filesystem::directory_iterator at(root, error);
  if (error) {
    if (error == std::errc::permission_denied)
      found.obstacles.push_back(
          {kPowercapSensor, fmt::format("{} may not be listed: {}", root.string(), error.message()),
           fmt::format("sudo chmod o+rx {}", root.string())});
    return entries;
  }
  std::size_t seen = 0;
  for (; at != std::filesystem::directory_iterator() && seen < kMaxEntries; at.increment(error)) {
    if (error) break;
    ++seen;
    std::string name = at->path().filename().string();
    if (auto id = parse_zone_id(name)) entries.push_back({std::move(*id), std::move(name)});
  }
  std::sort(entries.begin(), entries.end(),
            [](const Entry& a, const Entry& b) { return a.id < b.id; });
  if (entries.size() > kMaxZones) {
    entries.resize(kMaxZones);
    found.left_out.push_back({"further zones", root.string(),
                              fmt::format("only the first {} zones are looked at", kMaxZones)});
  }
  return entries;
}

/// What a top zone is, by its name: "package-0", "package-1-die-0", "psys", "psys-1".
std::optional<RaplPart> parse_top_name(std::string_view name) {
  if (name == "platform") return RaplPart{DomainKind::platform, 0, std::nullopt};
  if (const auto part = parse_domain_name(name))
    if (part->kind == DomainKind::package || part->kind == DomainKind::platform) return part;
  return std::nullopt;
}

std::optional<DomainKind> parse_child_name(std::string_view name) {
  constexpr std::array<std::pair<std::string_view, DomainKind>, 3> kChildren{
      {{"core", DomainKind::cores}, {"uncore", DomainKind::uncore}, {"dram", DomainKind::dram}}};
  for (const auto& [word, kind] : kChildren)
    if (name == word) return kind;
  return std::nullopt;
}

units::Power max_power(const std::filesystem::path& zone, DomainKind kind) {
  std::uint64_t design = 0;
  std::uint64_t largest = 0;
  for (int i = 0; i < 4; ++i) {
    const auto constraint = [&](const char* what) {
      return read_number_attribute(zone / fmt::format("constraint_{}_{}", i, what)).value_or(0);
    };
    design = std::max(design, constraint("max_power_uw"));
    largest = std::max(largest, constraint("power_limit_uw"));
  }
  // Without a design limit the others may be what a user has set for now.
  const units::Power ceiling = power_ceiling(kind);
  if (design == 0) return ceiling;
  return std::min(
      ceiling, kPeakOverLimit * units::microwatts(static_cast<double>(std::max(design, largest))));
}

/// AMD has no limits to set through powercap, Intel always shows them (zero or not).
bool has_limits(const std::filesystem::path& zone) {
  std::error_code error;
  return std::filesystem::exists(zone / "constraint_0_name", error);
}

struct Top {
  ZoneId id;
  RaplPart part;
  bool has_limits = false;
};

}  // namespace

PowercapZones list_powercap_zones(const std::filesystem::path& root) {
  PowercapZones found;
  std::vector<Top> tops;
  std::size_t masked = 0;
  const auto leave_out = [&](const std::string& name, const Entry& entry, std::string reason) {
    found.left_out.push_back(
        {name.empty() ? entry.name : name, (root / entry.name).string(), std::move(reason)});
  };
  for (const Entry& entry : list_entries(root, found)) {
    const std::filesystem::path directory = root / entry.name;
    const auto name = read_attribute(directory / "name");
    if (!name) {
      if (name.error().kind == Error::Kind::not_found) ++masked;
      leave_out(entry.name, entry, name.error().message);
      continue;
    }
    std::optional<RaplPart> part;
    bool limits = true;
    if (entry.id.numbers.size() == 1) {
      part = parse_top_name(*name);
      if (part) tops.push_back({entry.id, *part, has_limits(directory)});
    } else if (const auto kind = parse_child_name(*name)) {
      ZoneId parent = entry.id;
      parent.numbers.pop_back();
      const auto top = std::find_if(tops.begin(), tops.end(),
                                    [&](const Top& candidate) { return candidate.id == parent; });
      if (top == tops.end()) {
        leave_out(*name, entry, "the package that it is part of is not known");
        continue;
      }
      part = top->part;
      part->kind = *kind;
      limits = top->has_limits;
    }
    if (!part) {
      leave_out(*name, entry, fmt::format("\"{}\" is no RAPL domain that Turngreen knows", *name));
      continue;
    }
    if (part->kind == DomainKind::cores && !limits) {
      leave_out(domain_name(*part), entry,
                "its package has no power limits, as on AMD, where this counts one core only");
      continue;
    }
    // The registers mapped into memory repeat those of the processor; sorted last, they find them
    // here.
    const auto twin = std::find_if(found.zones.begin(), found.zones.end(),
                                   [&](const PowercapZone& zone) { return zone.part == *part; });
    if (entry.id.mmio && twin != found.zones.end()) {
      leave_out(domain_name(*part), entry, fmt::format("{} again, over MMIO", twin->id));
      continue;
    }
    const auto range = read_number_attribute(directory / "max_energy_range_uj");
    found.zones.push_back({entry.name, directory / "energy_uj", *part,
                           range.value_or(0) == 0 ? std::nullopt : range,
                           max_power(directory, part->kind)});
  }
  if (masked > 0 && found.zones.empty())
    found.obstacles.push_back(
        {kPowercapSensor,
         fmt::format("{} lists {} zones but their files are hidden, as container runtimes do",
                     root.string(), masked),
         "docker run --security-opt systempaths=unconfined ..."});
  return found;
}

}  // namespace turngreen::energy
