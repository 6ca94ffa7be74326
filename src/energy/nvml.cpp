#include "turngreen/energy/nvml.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <utility>

#include "nvml_api.h"
#include "visible_gpus.h"

namespace turngreen::energy {
namespace {

// The counter steps every 20 to 100 ms, depending on the board; so does the power behind the
// instant field (arXiv 2312.02741; ml.energy/blog, "Measuring GPU energy: best practices").
constexpr auto kDriverStep = units::milliseconds(100);
// nvmlDeviceGetPowerUsage: "On Ampere (except GA100) or newer GPUs, the API returns power averaged
// over 1 sec interval" (NVML API Reference Guide).
constexpr auto kAveragingWindow = units::seconds(1);
constexpr auto kPowerCeiling = units::watts(3000);
// Short excursions beyond the largest power limit that a board accepts.
constexpr double kAboveLimit = 2.0;

enum class PowerSource { none, instant_gpu, instant_module, usage };

struct Gpu {
  nvml::Device device = nullptr;
  GpuIdentity identity;
  bool has_counter = false;
  PowerSource power = PowerSource::none;
};

int read_power(const nvml::Api& api, const Gpu& gpu, std::uint64_t& milliwatts) noexcept {
  switch (gpu.power) {
    case PowerSource::instant_gpu:
      return api.power_field(gpu.device, nvml::kFieldPowerInstant, nvml::kScopeGpu, milliwatts);
    case PowerSource::instant_module:
      return api.power_field(gpu.device, nvml::kFieldPowerInstant, nvml::kScopeModule, milliwatts);
    case PowerSource::usage: {
      unsigned usage = 0;
      const int status = api.power_usage(gpu.device, usage);
      milliwatts = usage;
      return status;
    }
    case PowerSource::none:
      break;
  }
  return nvml::kNotSupported;
}

PowerSource find_power_source(const nvml::Api& api, Gpu gpu) {
  for (const auto source :
       {PowerSource::instant_gpu, PowerSource::instant_module, PowerSource::usage}) {
    gpu.power = source;
    std::uint64_t milliwatts = 0;
    if (read_power(api, gpu, milliwatts) == nvml::kSuccess && milliwatts > 0) return source;
  }
  return PowerSource::none;
}

/// GH200's counter covers its CPU and memory too (ml-energy/zeus PR #172).
bool covers_module(const Gpu& gpu) {
  return gpu.power == PowerSource::instant_module ||
         gpu.identity.name.find("GH200") != std::string::npos;
}

units::Power power_ceiling(const nvml::Api& api, nvml::Device device) {
  unsigned min_mw = 0;
  unsigned max_mw = 0;
  if (api.power_limits(device, min_mw, max_mw) != nvml::kSuccess || max_mw == 0) {
    return kPowerCeiling;
  }
  return units::milliwatts(max_mw) * kAboveLimit;
}

Domain counter_domain(const nvml::Api& api, const Gpu& gpu) {
  Domain domain;
  domain.name = fmt::format("gpu-{}", gpu.identity.index);
  domain.kind = covers_module(gpu) ? DomainKind::module : DomainKind::gpu;
  domain.source = Source::nvml_counter;
  domain.origin = fmt::format("{} {}, total energy counter", gpu.identity.uuid, gpu.identity.name);
  domain.quantity = Quantity::energy;
  domain.unit = {1000, 1};
  domain.step = kDriverStep;
  domain.max_power = power_ceiling(api, gpu.device);
  return domain;
}

Domain power_domain(const nvml::Api& api, const Gpu& gpu) {
  unsigned architecture = nvml::kArchitectureAmpere;
  api.architecture(gpu.device, architecture);
  const bool averaged =
      gpu.power == PowerSource::usage && architecture >= nvml::kArchitectureAmpere;

  Domain domain;
  domain.name = fmt::format("gpu-{}-power", gpu.identity.index);
  domain.kind = gpu.power == PowerSource::instant_module ? DomainKind::module : DomainKind::gpu;
  domain.source = Source::nvml_power;
  domain.origin =
      fmt::format("{} {}, {}", gpu.identity.uuid, gpu.identity.name,
                  gpu.power == PowerSource::instant_gpu      ? "instant power"
                  : gpu.power == PowerSource::instant_module ? "instant power of the module"
                  : averaged                                 ? "power averaged over 1 s"
                                                             : "power");
  domain.quantity = Quantity::power;
  domain.unit = {1000, 1};
  domain.step = averaged ? kAveragingWindow : kDriverStep;
  domain.max_power = power_ceiling(api, gpu.device);
  if (gpu.has_counter) {
    domain.contained_in = fmt::format("gpu-{}", gpu.identity.index);
    domain.not_counted_because =
        fmt::format("gpu-{} counts the same joules; kept beside it as a check", gpu.identity.index);
  }
  return domain;
}

/// "accurate to within +/- 5 watts" (nvidia-smi's manual), "to within +/- 5% of current power draw"
/// (NVML API Reference Guide): whichever is more.
Reading power_reading(std::uint64_t milliwatts) {
  constexpr std::uint64_t kMilliwatts = 5000;
  const std::uint64_t margin = std::max(kMilliwatts, milliwatts / 20);
  return {Reading::State::ok, milliwatts, milliwatts - std::min(milliwatts, margin),
          milliwatts + margin};
}

Reading failed_reading(int status) {
  return status == nvml::kNoPermission ? Reading::denied() : Reading::missing();
}

}  // namespace

std::optional<std::string> cuda_visible_devices() {
  const char* const value = std::getenv("CUDA_VISIBLE_DEVICES");
  if (value == nullptr) return std::nullopt;
  return std::string(value);
}

struct Nvml::State {
  std::unique_ptr<nvml::Api> api;
  std::vector<Gpu> gpus;
  std::vector<Domain> domains;
  std::vector<std::string> notes;

  /// The GPUs whose handle and UUID NVML gives us; the others become notes.
  std::vector<Gpu> enumerate(unsigned count);
  void add(Gpu gpu);
};

std::vector<Gpu> Nvml::State::enumerate(unsigned count) {
  std::vector<Gpu> found;
  for (unsigned index = 0; index < count; ++index) {
    Gpu gpu;
    gpu.identity.index = index;
    int status = api->device_at(index, gpu.device);
    if (status == nvml::kSuccess) status = api->uuid(gpu.device, gpu.identity.uuid);
    if (status != nvml::kSuccess) {
      notes.push_back(fmt::format("GPU {} cannot be read: {}", index, api->describe(status)));
      continue;
    }
    if (api->name(gpu.device, gpu.identity.name) != nvml::kSuccess)
      gpu.identity.name = "NVIDIA GPU";
    found.push_back(std::move(gpu));
  }
  return found;
}

void Nvml::State::add(Gpu gpu) {
  const auto label = fmt::format("GPU {} ({})", gpu.identity.index, gpu.identity.name);
  unsigned long long millijoules = 0;
  const int counter_status = api->total_energy(gpu.device, millijoules);
  gpu.has_counter = counter_status == nvml::kSuccess;
  gpu.power = find_power_source(*api, gpu);
  if (!gpu.has_counter && gpu.power == PowerSource::none) {
    notes.push_back(
        fmt::format("{} tells neither energy nor power: {}", label, api->describe(counter_status)));
    return;
  }

  if (gpu.has_counter) domains.push_back(counter_domain(*api, gpu));
  if (gpu.power != PowerSource::none) domains.push_back(power_domain(*api, gpu));
  if (!gpu.has_counter) {
    notes.push_back(fmt::format("{} has no energy counter ({}): its power is integrated", label,
                                api->describe(counter_status)));
  }
  if (covers_module(gpu)) {
    notes.push_back(
        fmt::format("{}: the numbers cover its whole module, CPU and memory included", label));
  }
  bool mig = false;
  api->mig_enabled(gpu.device, mig);
  if (mig) {
    notes.push_back(fmt::format(
        "{} is divided by MIG: the energy of the whole GPU is measured, that of a slice cannot be",
        label));
  }
  gpus.push_back(std::move(gpu));
}

Nvml::Nvml(std::unique_ptr<State> state) : state_(std::move(state)) {}
Nvml::~Nvml() = default;

Result<std::unique_ptr<Nvml>> Nvml::open(const std::string& library,
                                         const std::optional<std::string>& visible_devices) {
  auto api = nvml::Api::open(library);
  if (!api) return tl::unexpected(api.error());
  auto state = std::make_unique<State>();
  state->api = std::move(*api);

  unsigned count = 0;
  if (const int status = state->api->device_count(count); status != nvml::kSuccess) {
    return fail(Error::Kind::io,
                fmt::format("NVML cannot count the GPUs: {}", state->api->describe(status)));
  }
  if (count == 0) return fail(Error::Kind::not_found, "NVML is here and sees no GPU");

  const auto found = state->enumerate(count);
  std::vector<GpuIdentity> identities;
  for (const auto& gpu : found) identities.push_back(gpu.identity);
  const auto parent_of_mig = [&](const std::string& slice) -> std::optional<std::string> {
    nvml::Device device = nullptr;
    nvml::Device parent = nullptr;
    std::string uuid;
    if (state->api->device_by_uuid(slice, device) != nvml::kSuccess ||
        state->api->parent_of_mig(device, parent) != nvml::kSuccess ||
        state->api->uuid(parent, uuid) != nvml::kSuccess) {
      return std::nullopt;
    }
    return uuid;
  };
  auto visible = select_visible_gpus(identities, visible_devices, parent_of_mig);
  std::move(visible.notes.begin(), visible.notes.end(), std::back_inserter(state->notes));

  for (const auto& gpu : found) {
    const bool selected =
        std::any_of(visible.gpus.begin(), visible.gpus.end(),
                    [&](const GpuIdentity& one) { return one.index == gpu.identity.index; });
    if (selected) {
      state->add(gpu);
    } else {
      state->notes.push_back(fmt::format("GPU {} ({}) is left out by CUDA_VISIBLE_DEVICES=\"{}\"",
                                         gpu.identity.index, gpu.identity.name,
                                         visible_devices.value_or("")));
    }
  }
  if (state->domains.empty()) {
    return fail(Error::Kind::unsupported,
                fmt::format("no NVIDIA GPU can be read: {}", fmt::join(state->notes, "; ")));
  }
  return std::unique_ptr<Nvml>(new Nvml(std::move(state)));
}

std::span<const Domain> Nvml::domains() const { return state_->domains; }

const std::vector<std::string>& Nvml::notes() const { return state_->notes; }

void Nvml::read(std::span<Reading> out) noexcept {
  std::size_t next = 0;
  for (const auto& gpu : state_->gpus) {
    if (gpu.has_counter) {
      unsigned long long millijoules = 0;
      const int status = state_->api->total_energy(gpu.device, millijoules);
      out[next++] = status == nvml::kSuccess ? Reading::of(millijoules) : failed_reading(status);
    }
    if (gpu.power != PowerSource::none) {
      std::uint64_t milliwatts = 0;
      const int status = read_power(*state_->api, gpu, milliwatts);
      out[next++] = status == nvml::kSuccess ? power_reading(milliwatts) : failed_reading(status);
    }
  }
}

}  // namespace turngreen::energy
