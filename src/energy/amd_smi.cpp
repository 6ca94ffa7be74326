#include "turngreen/energy/amd_smi.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include "amd_smi_api.h"

namespace turngreen::energy {
namespace {

// AMD states no update period for either number: taken to be as coarse as NVIDIA's.
constexpr auto kDriverStep = units::milliseconds(100);
constexpr auto kPowerCeiling = units::watts(3000);
// AMD states no accuracy for the power; we allow what NVIDIA states for its own, 5 %, and at least
// the rounding to a watt.
constexpr std::uint64_t kAccuracyDivisor = 20;

struct Gpu {
  amdsmi::Processor processor = nullptr;
  bool has_counter = false;
  bool has_power = false;
};

Domain domain_of(unsigned index, const std::string& uuid) {
  Domain domain;
  domain.name = fmt::format("amd-gpu-{}", index);
  domain.kind = DomainKind::gpu;
  domain.source = Source::amd_smi;
  domain.origin = uuid.empty() ? fmt::format("AMD GPU {}", index) : uuid;
  domain.step = kDriverStep;
  domain.max_power = kPowerCeiling;
  return domain;
}

Domain counter_domain(unsigned index, const std::string& uuid, float resolution_uj) {
  Domain domain = domain_of(index, uuid);
  domain.origin += ", energy accumulator";
  domain.quantity = Quantity::energy;
  domain.unit = {static_cast<std::uint64_t>(std::llround(double{resolution_uj} * 1000)), 1000};
  return domain;
}

Domain power_domain(unsigned index, const std::string& uuid, bool beside_counter) {
  Domain domain = domain_of(index, uuid);
  if (beside_counter) {
    domain.contained_in = domain.name;
    domain.not_counted_because =
        fmt::format("{} counts the same joules; kept beside it as a check", domain.name);
  }
  domain.name += "-power";
  domain.origin += ", socket power";
  domain.quantity = Quantity::power;
  domain.unit = {1'000'000, 1};
  return domain;
}

Reading power_reading(std::uint64_t watts) {
  const std::uint64_t margin = 1 + watts / kAccuracyDivisor;
  return {Reading::State::ok, watts, watts - std::min(watts, margin), watts + margin};
}

Reading failed_reading(int status) {
  return status == amdsmi::kNoPermission ? Reading::denied() : Reading::missing();
}

bool plausible(float resolution_uj) { return resolution_uj >= 0.001F && resolution_uj <= 1e9F; }

}  // namespace

struct AmdSmi::State {
  std::unique_ptr<amdsmi::Api> api;
  std::vector<Gpu> gpus;
  std::vector<Domain> domains;
  std::vector<std::string> notes;

  void add(unsigned index, amdsmi::Processor processor);
};

void AmdSmi::State::add(unsigned index, amdsmi::Processor processor) {
  amdsmi::EnergyCount count;
  std::optional<std::uint64_t> watts;
  const int energy_status = api->energy(processor, count);
  const int power_status = api->power(processor, watts);

  const bool counts = energy_status == amdsmi::kSuccess && plausible(count.resolution_uj);
  if (counts && count.accumulator == 0 && power_status == amdsmi::kSuccess && !watts) {
    notes.push_back(fmt::format(
        "AMD GPU {} has never drawn anything: left out as the second die of a module whose "
        "first die tells both dies' joules (MI250)",
        index));
    return;
  }
  Gpu gpu{processor, counts, watts.has_value()};
  if (!gpu.has_counter && !gpu.has_power) {
    notes.push_back(fmt::format("AMD GPU {} tells neither energy (status {}) nor power (status {})",
                                index, energy_status, power_status));
    return;
  }

  const auto uuid = api->uuid(processor);
  if (gpu.has_counter) domains.push_back(counter_domain(index, uuid, count.resolution_uj));
  if (gpu.has_power) domains.push_back(power_domain(index, uuid, gpu.has_counter));
  gpus.push_back(gpu);
}

AmdSmi::AmdSmi(std::unique_ptr<State> state) : state_(std::move(state)) {}
AmdSmi::~AmdSmi() = default;

Result<std::unique_ptr<AmdSmi>> AmdSmi::open(const std::string& library) {
  auto api = amdsmi::Api::open(library);
  if (!api) return tl::unexpected(api.error());
  auto state = std::make_unique<State>();
  state->api = std::move(*api);

  std::vector<amdsmi::Processor> processors;
  if (const int status = state->api->processors(processors); status != amdsmi::kSuccess) {
    return fail(status == amdsmi::kNoPermission ? Error::Kind::no_permission : Error::Kind::io,
                fmt::format("AMD SMI cannot list the GPUs: status {}", status));
  }
  if (processors.empty()) return fail(Error::Kind::not_found, "AMD SMI is here and sees no GPU");
  unsigned index = 0;
  for (const auto processor : processors) state->add(index++, processor);
  if (state->domains.empty()) {
    return fail(Error::Kind::unsupported,
                fmt::format("no AMD GPU can be read: {}", fmt::join(state->notes, "; ")));
  }
  return std::unique_ptr<AmdSmi>(new AmdSmi(std::move(state)));
}

std::span<const Domain> AmdSmi::domains() const { return state_->domains; }

const std::vector<std::string>& AmdSmi::notes() const { return state_->notes; }

void AmdSmi::read(std::span<Reading> out) noexcept {
  std::size_t next = 0;
  for (const auto& gpu : state_->gpus) {
    if (gpu.has_counter) {
      amdsmi::EnergyCount count;
      const int status = state_->api->energy(gpu.processor, count);
      out[next++] =
          status == amdsmi::kSuccess ? Reading::of(count.accumulator) : failed_reading(status);
    }
    if (gpu.has_power) {
      std::optional<std::uint64_t> watts;
      const int status = state_->api->power(gpu.processor, watts);
      out[next++] = watts ? power_reading(*watts) : failed_reading(status);
    }
  }
}

}  // namespace turngreen::energy
