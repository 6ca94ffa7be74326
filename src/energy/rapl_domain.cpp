#include "rapl_domain.h"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "sysfs_file.h"

namespace turngreen::energy {
namespace {

constexpr std::array<std::pair<DomainKind, std::string_view>, 5> kWords{{
    {DomainKind::package, "package"},
    {DomainKind::cores, "cores"},
    {DomainKind::uncore, "uncore"},
    {DomainKind::dram, "dram"},
    {DomainKind::platform, "psys"},
}};

std::optional<unsigned> parse_id(std::string_view text) {
  const auto number = parse_number(text);
  if (!number || *number > 65535) return std::nullopt;
  return static_cast<unsigned>(*number);
}

const Domain* find_part(std::span<const Domain> domains, const RaplPart& part) {
  for (const Domain& domain : domains)
    if (parse_domain_name(domain.name) == part) return &domain;
  return nullptr;
}

/// The package that holds this part: of its die, or of its socket where the dies share a counter.
const Domain* find_package(std::span<const Domain> domains, std::span<const Domain> measured,
                           RaplPart part) {
  part.kind = DomainKind::package;
  const Domain* found = find_part(domains, part);
  if (found == nullptr) found = find_part(measured, part);
  if (found != nullptr || !part.die) return found;
  part.die.reset();
  return find_package(domains, measured, part);
}

bool has_kind(std::span<const Domain> domains, DomainKind kind) {
  return std::any_of(domains.begin(), domains.end(),
                     [&](const Domain& domain) { return domain.kind == kind; });
}

}  // namespace

std::string domain_name(const RaplPart& part) {
  if (part.kind == DomainKind::platform)
    return part.socket == 0 ? "psys" : fmt::format("psys-{}", part.socket);
  const auto* row = std::find_if(kWords.begin(), kWords.end(),
                                 [&](const auto& entry) { return entry.first == part.kind; });
  std::string name = fmt::format("{}-{}", row->second, part.socket);
  if (part.die) name += fmt::format("-die-{}", *part.die);
  return name;
}

std::optional<RaplPart> parse_domain_name(std::string_view name) {
  if (name == "psys") return RaplPart{DomainKind::platform, 0, std::nullopt};
  for (const auto& [kind, word] : kWords) {
    if (!name.starts_with(word) || !name.substr(word.size()).starts_with('-')) continue;
    const std::string_view ids = name.substr(word.size() + 1);
    constexpr std::string_view kDie = "-die-";
    const auto at = ids.find(kDie);
    const auto socket = parse_id(ids.substr(0, at));
    if (!socket) return std::nullopt;
    if (at == std::string_view::npos) return RaplPart{kind, *socket, std::nullopt};
    const auto die = parse_id(ids.substr(at + kDie.size()));
    if (!die) return std::nullopt;
    return RaplPart{kind, *socket, die};
  }
  return std::nullopt;
}

units::Power power_ceiling(DomainKind kind) {
  switch (kind) {
    case DomainKind::dram:
      return units::watts(600);
    case DomainKind::platform:
      return units::watts(10000);
    default:
      return units::watts(2000);
  }
}

Domain rapl_domain(const RaplPart& part, Source source, std::string origin) {
  Domain domain;
  domain.name = domain_name(part);
  domain.kind = part.kind;
  domain.source = source;
  domain.origin = std::move(origin);
  domain.quantity = Quantity::energy;
  domain.step = units::milliseconds(1);
  domain.max_power = power_ceiling(part.kind);
  // The graphics may be switched off, and the one core that AMD shows may sleep.
  domain.always_draws = part.kind != DomainKind::uncore && part.kind != DomainKind::cores;
  return domain;
}

void mark_overlaps(std::span<Domain> domains, std::span<const Domain> measured) {
  const bool package =
      has_kind(domains, DomainKind::package) || has_kind(measured, DomainKind::package);
  const Domain* platform = nullptr;
  for (const Domain& domain : measured)
    if (domain.kind == DomainKind::platform && domain.counted()) platform = &domain;
  for (Domain& domain : domains) {
    if (domain.kind != DomainKind::platform) continue;
    if (package) {
      domain.not_counted_because = "overlaps the packages and their memory";
    } else if (platform != nullptr) {
      domain.not_counted_because = fmt::format("overlaps {}", platform->name);
    } else {
      platform = &domain;
    }
  }
  for (Domain& domain : domains) {
    const auto part = parse_domain_name(domain.name);
    if (domain.kind == DomainKind::cores || domain.kind == DomainKind::uncore) {
      RaplPart whole = part.value_or(RaplPart{});
      whole.kind = DomainKind::package;
      const Domain* container = find_package(domains, measured, whole);
      if (container != nullptr) domain.contained_in = container->name;
      domain.not_counted_because =
          container != nullptr
              ? fmt::format("part of {}", container->name)
              : fmt::format("part of {}, which cannot be read", domain_name(whole));
    } else if (platform != nullptr && domain.kind != DomainKind::platform && !package) {
      domain.contained_in = platform->name;
      domain.not_counted_because = fmt::format("part of {}", platform->name);
    }
  }
}

bool tells(std::span<const Domain> measured, const RaplPart& part) {
  return std::any_of(measured.begin(), measured.end(), [&](const Domain& domain) {
    const auto other = parse_domain_name(domain.name);
    return other && other->kind == part.kind && other->socket == part.socket;
  });
}

}  // namespace turngreen::energy
