#include "turngreen/energy/estimator.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "cpu_coefficients.h"
#include "machine_files.h"
#include "memory_power.h"
#include "proc_stat.h"
#include "turngreen/energy/instant.h"

namespace turngreen::energy {
namespace {

using units::Bounded;
using units::Duration;
using units::Power;

// On a big machine a read of /proc/stat takes up to a millisecond, and the ticks in it change every
// 10 ms.
constexpr Duration kRefresh = units::milliseconds(5);
constexpr Duration kMemoryStep = units::milliseconds(1);
constexpr MemoryBoard kBoard =
#if defined(__aarch64__)
    MemoryBoard::arm;
#else
    MemoryBoard::x86;
#endif

/// The member of Bounded<Power> that one of the three cumulative sums rests on.
using Bound = Power Bounded<Power>::*;

struct CpuModel {
  Bounded<Power> idle;  // of one logical processor
  Bounded<Power> full;
  unsigned logical_cpus = 0;

  /// Linear in both times, so that sums over any intervals agree.
  std::uint64_t microjoules(Bound bound, Duration since_open, Duration busy) const noexcept {
    const double at_rest = (idle.*bound).in_watts() * logical_cpus * since_open.in_seconds();
    const double by_work = ((full.*bound) - (idle.*bound)).in_watts() * busy.in_seconds();
    return static_cast<std::uint64_t>((at_rest + by_work) * 1e6);
  }
};

std::uint64_t memory_microjoules(Power power, Duration since_open) noexcept {
  return static_cast<std::uint64_t>((power * since_open).in_joules() * 1e6);
}

std::string as_text(const Bounded<Power>& power) {
  return fmt::format("{:.3g} W ({:.2g} to {:.2g})", power.value.in_watts(), power.low.in_watts(),
                     power.high.in_watts());
}

void check_range(const char* name, const std::optional<Bounded<Power>>& given,
                 std::vector<std::string>& faults) {
  if (!given) return;
  const bool ordered = given->low <= given->value && given->value <= given->high;
  if (!ordered || given->low < Power{} || !std::isfinite(given->high.in_watts())) {
    faults.push_back(
        fmt::format("{} is {} W with the range {} to {} W: give 0 <= low <= value <= high", name,
                    given->value.in_watts(), given->low.in_watts(), given->high.in_watts()));
  }
}

void check_order(const CpuModel& model, std::vector<std::string>& faults) {
  if (model.full.low >= model.idle.low && model.full.value >= model.idle.value &&
      model.full.high >= model.idle.high) {
    return;
  }
  faults.push_back(
      fmt::format("a logical processor would draw less at full load, {}, than at rest, {}: give "
                  "both idle_per_cpu and "
                  "full_per_cpu",
                  as_text(model.full), as_text(model.idle)));
}

Domain cpu_domain(const CpuModel& model, const Microarchitecture& microarchitecture,
                  Duration tick) {
  Domain domain;
  domain.name = "cpu";
  domain.kind = DomainKind::package;
  domain.source = Source::estimator;
  domain.origin = fmt::format(
      "/proc/stat, {} logical CPUs, {}", model.logical_cpus,
      microarchitecture.name.empty() ? "unknown micro-architecture" : microarchitecture.name);
  domain.quantity = Quantity::energy;
  domain.step = tick + kRefresh;
  // Each processor's ticks and each of the five fields of /proc/stat may come a tick late, all at
  // once.
  domain.max_power = model.full.high * (2.0 * model.logical_cpus + 5);
  domain.always_draws = model.idle.value > Power{};
  return domain;
}

Domain memory_domain(const Bounded<Power>& power, std::uint64_t bytes) {
  Domain domain;
  domain.name = "memory";
  domain.kind = DomainKind::dram;
  domain.source = Source::estimator;
  domain.origin = fmt::format("/proc/meminfo, {:.1f} GiB", static_cast<double>(bytes) / (1 << 30));
  domain.quantity = Quantity::energy;
  domain.step = kMemoryStep;
  domain.max_power = power.high * 2;
  domain.always_draws = power.value > Power{};
  return domain;
}

}  // namespace

struct Estimator::State {
  struct Cpu {
    ProcStat stat;
    CpuModel model;
    Duration busy_at_open;
    Duration busy;  // since then; never goes back, although the kernel's own sums may by a tick
    Instant read_at;
    bool readable = true;

    void refresh(Instant now) noexcept {
      if (readable && now - read_at < kRefresh) return;
      const auto sum = stat.busy();
      readable = sum.has_value();
      if (!readable) return;
      busy = std::max(busy, *sum - busy_at_open);
      read_at = now;
    }
  };

  Instant opened;
  std::optional<Cpu> cpu;
  std::optional<Bounded<Power>> memory;
  std::vector<Domain> domains;
  std::vector<std::string> basis;

  Result<void> add_cpu(const EstimatorOptions& options, const std::filesystem::path& proc);
  Result<void> add_memory(const EstimatorOptions& options, const std::filesystem::path& proc);
};

Result<void> Estimator::State::add_cpu(const EstimatorOptions& options,
                                       const std::filesystem::path& proc) {
  const auto microarchitecture = find_microarchitecture(read_cpuid(), read_cpu_info(proc));
  const auto published = cpu_coefficients(microarchitecture.cpu_class);
  auto stat = ProcStat::open(proc);
  if (!stat) return tl::unexpected(stat.error());

  const CpuModel model{options.idle_per_cpu.value_or(published.idle),
                       options.full_per_cpu.value_or(published.full), stat->logical_cpus()};
  std::vector<std::string> faults;
  check_order(model, faults);
  if (!faults.empty()) return fail(Error::Kind::invalid_input, faults.front());

  domains.push_back(cpu_domain(model, microarchitecture, stat->tick()));
  const bool all_given = options.idle_per_cpu && options.full_per_cpu;
  const bool some_given = options.idle_per_cpu || options.full_per_cpu;
  basis.push_back(fmt::format(
      "cpu: {} logical CPUs ({}), each {} at rest and {} at full load, times the busy time of "
      "/proc/stat; from {}{}",
      model.logical_cpus,
      microarchitecture.name.empty() ? "unknown micro-architecture" : microarchitecture.name,
      as_text(model.idle), as_text(model.full), all_given ? "your settings" : published.basis,
      some_given && !all_given ? " and your settings" : ""));
  const Duration busy = stat->busy().value_or(Duration{});
  cpu.emplace(Cpu{std::move(*stat), model, busy, {}, Instant::now()});
  return {};
}

Result<void> Estimator::State::add_memory(const EstimatorOptions& options,
                                          const std::filesystem::path& proc) {
  const auto bytes = read_memory_bytes(proc);
  if (!bytes) {
    return fail(Error::Kind::invalid_input,
                fmt::format("{} holds no line \"MemTotal: ... kB\"", (proc / "meminfo").string()));
  }
  memory = options.memory_power.value_or(energy::memory_power(*bytes, kBoard));
  domains.push_back(memory_domain(*memory, *bytes));
  basis.push_back(fmt::format(
      "memory: {:.1f} GiB, {}; {}", static_cast<double>(*bytes) / (1 << 30), as_text(*memory),
      options.memory_power ? "from your settings"
                           : "the middle, least and most of Boavizta (0.284 W/GB), Cloud Carbon "
                             "Footprint (0.392 W/GB) and "
                             "CodeCarbon (5 W a module, 1.5 W on Arm)"));
  return {};
}

Estimator::Estimator(std::unique_ptr<State> state) : state_(std::move(state)) {}
Estimator::~Estimator() = default;

Result<std::unique_ptr<Estimator>> Estimator::open(const EstimatorOptions& options,
                                                   const std::filesystem::path& proc) {
  std::vector<std::string> faults;
  check_range("idle_per_cpu", options.idle_per_cpu, faults);
  check_range("full_per_cpu", options.full_per_cpu, faults);
  check_range("memory_power", options.memory_power, faults);
  if (!options.cpu && !options.memory) {
    faults.push_back("neither the processor nor the memory is to be estimated");
  }
  if (!faults.empty()) {
    return fail(Error::Kind::invalid_input, fmt::format("{}", fmt::join(faults, "; ")));
  }

  auto state = std::make_unique<State>();
  if (options.cpu) {
    if (auto added = state->add_cpu(options, proc); !added) return tl::unexpected(added.error());
  }
  if (options.memory) {
    if (auto added = state->add_memory(options, proc); !added) return tl::unexpected(added.error());
  }
  state->opened = Instant::now();
  return std::unique_ptr<Estimator>(new Estimator(std::move(state)));
}

std::span<const Domain> Estimator::domains() const { return state_->domains; }

std::vector<std::string> Estimator::basis() const { return state_->basis; }

void Estimator::read(std::span<Reading> out) noexcept {
  constexpr Bound kValue = &Bounded<Power>::value;
  constexpr Bound kLow = &Bounded<Power>::low;
  constexpr Bound kHigh = &Bounded<Power>::high;
  const Instant now = Instant::now();
  const Duration time = now - state_->opened;
  std::size_t next = 0;
  if (state_->cpu) {
    auto& cpu = *state_->cpu;
    cpu.refresh(now);
    const auto microjoules = [&](Bound bound) {
      return cpu.model.microjoules(bound, time, cpu.busy);
    };
    out[next++] = cpu.readable ? Reading{Reading::State::ok, microjoules(kValue), microjoules(kLow),
                                         microjoules(kHigh)}
                               : Reading::missing();
  }
  if (state_->memory) {
    const auto& power = *state_->memory;
    out[next++] = {Reading::State::ok, memory_microjoules(power.value, time),
                   memory_microjoules(power.low, time), memory_microjoules(power.high, time)};
  }
}

}  // namespace turngreen::energy
