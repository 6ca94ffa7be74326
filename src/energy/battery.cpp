#include "turngreen/energy/battery.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "sysfs_file.h"

namespace turngreen::energy {
namespace {

constexpr std::size_t kMaxEntries = 256;

/// Some drivers tell discharge as a negative number.
SysfsFile::Number read_magnitude(const SysfsFile& file) noexcept {
  std::array<char, 64> buffer;
  SysfsFile::Text text = file.read_text(buffer);
  if (text.state != SysfsFile::State::ok) return {text.state, 0};
  if (text.text.starts_with('-')) text.text.remove_prefix(1);
  const auto value = parse_number(text.text);
  return value ? SysfsFile::Number{SysfsFile::State::ok, *value}
               : SysfsFile::Number{SysfsFile::State::garbage, 0};
}

struct OpenBattery {
  SysfsFile status;
  SysfsFile power_or_current;        ///< uW, or uA where there is a voltage
  std::optional<SysfsFile> voltage;  ///< uV

  bool discharging() const noexcept {
    std::array<char, 32> buffer;
    const auto text = status.read_text(buffer);
    return text.state == SysfsFile::State::ok && text.text == "Discharging";
  }

  Reading read() const noexcept {
    // What flows while it charges or rests is not what the machine draws.
    if (!discharging()) return Reading::missing();
    const SysfsFile::Number first = read_magnitude(power_or_current);
    // A gauge that has not measured yet says 0; a machine that runs draws more.
    if (first.state == SysfsFile::State::ok && first.value == 0) return Reading::missing();
    if (first.state != SysfsFile::State::ok || !voltage) return first.reading();
    const SysfsFile::Number second = read_magnitude(*voltage);
    if (second.state != SysfsFile::State::ok) return second.reading();
    constexpr std::uint64_t kMicro = 1'000'000;
    constexpr std::uint64_t kMost = 1'000 * kMicro;  // 1 kA, 1 kV
    if (first.value > kMost || second.value > kMost) return Reading::missing();
    return Reading::of(first.value * second.value / kMicro);
  }
};

Result<OpenBattery> open_battery(const std::filesystem::path& directory) {
  auto status = SysfsFile::open(directory / "status");
  if (!status) return tl::unexpected<Error>(status.error());
  if (auto power = SysfsFile::open(directory / "power_now"))
    return OpenBattery{std::move(*status), std::move(*power), std::nullopt};
  auto current = SysfsFile::open(directory / "current_now");
  if (!current) return tl::unexpected<Error>(current.error());
  auto voltage = SysfsFile::open(directory / "voltage_now");
  if (!voltage) return tl::unexpected<Error>(voltage.error());
  return OpenBattery{std::move(*status), std::move(*current), std::move(*voltage)};
}

/// The batteries that feed the machine, not those of a mouse.
std::vector<std::string> list_batteries(const std::filesystem::path& root) {
  std::vector<std::string> names;
  std::error_code error;
  std::filesystem::directory_iterator at(root, error);
  for (std::size_t seen = 0;
       !error && at != std::filesystem::directory_iterator() && seen < kMaxEntries;
       at.increment(error), ++seen) {
    const auto type = read_attribute(at->path() / "type");
    const auto scope = read_attribute(at->path() / "scope");
    if (type && *type == "Battery" && !(scope && *scope == "Device"))
      names.push_back(at->path().filename().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace

struct Battery::State {
  std::vector<Domain> domains;
  std::vector<OpenBattery> batteries;  ///< one per domain
};

Opened<Battery> Battery::open(const std::filesystem::path& root, std::span<const Domain> measured) {
  Opened<Battery> opened;
  auto state = std::make_unique<State>();
  const auto other = std::find_if(measured.begin(), measured.end(),
                                  [](const Domain& domain) { return domain.counted(); });
  for (const std::string& name : list_batteries(root)) {
    const std::filesystem::path directory = root / name;
    auto battery = open_battery(directory);
    if (!battery) {
      if (battery.error().kind == Error::Kind::no_permission)
        opened.obstacles.push_back({"battery", battery.error().message, ""});
      else
        opened.left_out.push_back({name, directory.string(), battery.error().message});
      continue;
    }
    if (!battery->discharging() || battery->read().state != Reading::State::ok) {
      opened.left_out.push_back({name, directory.string(),
                                 battery->discharging()
                                     ? "it tells no power at the moment"
                                     : "it does not discharge: the machine runs on mains"});
      continue;
    }
    Domain domain;
    domain.name = fmt::format("battery-{}", name);
    domain.kind = DomainKind::battery;
    domain.source = Source::battery;
    domain.origin = directory.string();
    domain.quantity = Quantity::power;
    domain.step = units::seconds(5);  // firmware refreshes its gauge every 1 to 5 s
    domain.max_power = units::watts(500);
    if (other != measured.end())
      domain.not_counted_because = fmt::format("feeds the whole machine, with {}", other->name);
    state->domains.push_back(std::move(domain));
    state->batteries.push_back(std::move(*battery));
  }
  if (!state->domains.empty()) opened.sensor.reset(new Battery(std::move(state)));
  return opened;
}

Battery::Battery(std::unique_ptr<State> state) : state_(std::move(state)) {}
Battery::~Battery() = default;

std::span<const Domain> Battery::domains() const { return state_->domains; }

void Battery::read(std::span<Reading> out) noexcept {
  for (std::size_t i = 0; i < state_->batteries.size(); ++i) out[i] = state_->batteries[i].read();
}

}  // namespace turngreen::energy
