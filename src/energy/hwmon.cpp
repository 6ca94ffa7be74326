#include "turngreen/energy/hwmon.h"

#include <algorithm>
#include <initializer_list>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "hwmon_channels.h"

namespace turngreen::energy {
namespace {

bool counts_any(std::span<const Domain> domains, std::initializer_list<DomainKind> kinds) {
  return std::any_of(domains.begin(), domains.end(), [&](const Domain& domain) {
    return domain.counted() && std::find(kinds.begin(), kinds.end(), domain.kind) != kinds.end();
  });
}

bool counts_any(std::span<const Domain> domains) {
  return std::any_of(domains.begin(), domains.end(),
                     [](const Domain& domain) { return domain.counted(); });
}

/// "power_meter", "Grace Power Socket 0": "power-meter-grace-power-socket-0".
std::string name_of(const HwmonChannel& channel) {
  std::string name;
  for (const char c : channel.driver + "-" + channel.label) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (letter) {
      name += c;
    } else if (c >= 'A' && c <= 'Z') {
      name += static_cast<char>(c - 'A' + 'a');
    } else if (!name.empty() && name.back() != '-') {
      name += '-';
    }
  }
  return name;
}

Domain domain_of(const HwmonChannel& channel) {
  Domain domain;
  domain.name = name_of(channel);
  domain.kind = channel.kind;
  domain.source = Source::hwmon;
  domain.origin = channel.file.string();
  domain.quantity = channel.quantity;
  domain.step = channel.step;
  domain.max_power = units::watts(channel.kind == DomainKind::board ? 10000 : 2000);
  domain.always_draws = channel.kind != DomainKind::gpu;
  return domain;
}

/// Says why the processor or graphics card at `index` is not counted, if so.
std::string overlap_of(std::size_t index, const std::vector<HwmonChannel>& channels,
                       std::span<const Domain> domains, std::span<const Domain> measured) {
  const HwmonChannel& channel = channels[index];
  for (std::size_t i = 0; i < index; ++i)
    if (channels[i].device == channel.device && domains[i].counted() &&
        channel.kind == channels[i].kind && channel.socket == channels[i].socket)
      return fmt::format("overlaps {}", domains[i].name);
  if (channel.kind == DomainKind::gpu) {
    if (channel.in_package) return "graphics of a processor, part of its package";
    const bool amd_smi = std::any_of(measured.begin(), measured.end(), [](const Domain& domain) {
      return domain.source == Source::amd_smi;
    });
    if (channel.driver == "amdgpu" && amd_smi) return "AMD SMI measures these cards";
    return "";
  }
  if (counts_any(measured, {DomainKind::package, DomainKind::platform, DomainKind::module}))
    return "another sensor measures the processors";
  return "";
}

/// The rails of an NVIDIA Grace lie within its socket's envelope.
void contain_rails(const std::vector<HwmonChannel>& channels, std::vector<Domain>& domains) {
  for (std::size_t i = 0; i < channels.size(); ++i) {
    const DomainKind kind = channels[i].kind;
    if (kind != DomainKind::cores && kind != DomainKind::uncore) continue;
    domains[i].not_counted_because = "a rail within its socket";
    for (std::size_t j = 0; j < channels.size(); ++j) {
      if (channels[j].kind != DomainKind::module || channels[j].socket != channels[i].socket)
        continue;
      domains[i].contained_in = domains[j].name;
      domains[i].not_counted_because = fmt::format("part of {}", domains[j].name);
    }
  }
}

void decide_boards(const std::vector<HwmonChannel>& channels, std::vector<Domain>& domains,
                   std::span<const Domain> measured) {
  std::vector<Domain*> meters;
  for (std::size_t i = 0; i < channels.size(); ++i) {
    if (channels[i].kind != DomainKind::board) continue;
    domains[i].not_counted_because = "what hangs on this rail is not known";
    if (channels[i].driver == "power_meter") meters.push_back(&domains[i]);
  }
  for (Domain* meter : meters) {
    if (meters.size() > 1)
      meter->not_counted_because = "one of several meters, which may overlap";
    else if (counts_any(measured) || counts_any(domains))
      meter->not_counted_because = "includes what other sensors measure";
    else
      meter->not_counted_because.clear();
  }
}

}  // namespace

struct Hwmon::State {
  std::vector<Domain> domains;
  std::vector<SysfsFile> values;  ///< one per domain
};

Opened<Hwmon> Hwmon::open(const std::filesystem::path& root, std::span<const Domain> measured) {
  Opened<Hwmon> opened;
  HwmonChannels found = list_hwmon_channels(root);
  opened.left_out = std::move(found.left_out);
  if (!found.denied.empty())
    opened.obstacles.push_back(
        {"hwmon",
         fmt::format(
             "{}{}: permission denied", found.denied.front(),
             found.denied.size() == 1 ? "" : fmt::format(" and {} more", found.denied.size() - 1)),
         fmt::format("sudo chgrp \"$(id -gn)\" '{0}' && sudo chmod g+r '{0}'",
                     found.denied.front())});
  if (found.channels.empty()) return opened;

  auto state = std::make_unique<State>();
  std::vector<Domain>& domains = state->domains;
  std::set<std::string> names;
  for (const Domain& domain : measured) names.insert(domain.name);
  for (const HwmonChannel& channel : found.channels) {
    Domain& domain = domains.emplace_back(domain_of(channel));
    const std::string name = domain.name;
    for (unsigned n = 2; !names.insert(domain.name).second; ++n)
      domain.name = fmt::format("{}-{}", name, n);
  }
  contain_rails(found.channels, domains);
  for (std::size_t i = 0; i < domains.size(); ++i)
    if (found.channels[i].kind != DomainKind::board && domains[i].counted())
      domains[i].not_counted_because = overlap_of(i, found.channels, domains, measured);
  decide_boards(found.channels, domains, measured);
  for (HwmonChannel& channel : found.channels) state->values.push_back(std::move(channel.value));
  opened.sensor.reset(new Hwmon(std::move(state)));
  return opened;
}

Hwmon::Hwmon(std::unique_ptr<State> state) : state_(std::move(state)) {}
Hwmon::~Hwmon() = default;

std::span<const Domain> Hwmon::domains() const { return state_->domains; }

void Hwmon::read(std::span<Reading> out) noexcept {
  for (std::size_t i = 0; i < state_->values.size(); ++i)
    out[i] = state_->values[i].read_number().reading();
}

}  // namespace turngreen::energy
