#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "turngreen/energy/domain.h"

namespace turngreen::energy {

/// Which part of which socket a RAPL counter tells, however it is read.
struct RaplPart {
  DomainKind kind = DomainKind::package;
  unsigned socket = 0;
  std::optional<unsigned> die;  ///< only where the socket has a counter per die

  friend bool operator==(const RaplPart&, const RaplPart&) = default;
};

/// "package-0", "package-1-die-0", "cores-0", "uncore-0", "dram-0", "psys", "psys-1".
std::string domain_name(const RaplPart& part);
/// The reverse; nothing for any other name.
std::optional<RaplPart> parse_domain_name(std::string_view name);

/// A domain of this part with all that follows from its kind: name, step, ceiling of power.
Domain rapl_domain(const RaplPart& part, Source source, std::string origin);
/// No hardware of this kind draws more.
units::Power power_ceiling(DomainKind kind);

/// Says of each domain what contains it and whether it is counted, so that each joule has one
/// counted domain among `domains` and `measured`.
void mark_overlaps(std::span<Domain> domains, std::span<const Domain> measured);

/// Whether `measured` tells this part's kind on its socket.
bool tells(std::span<const Domain> measured, const RaplPart& part);

}  // namespace turngreen::energy
