#pragma once

#include "turngreen/pipeline/measurement.h"

namespace turngreen::report {

inline energy::DomainEnergy measured_uj(std::int64_t value, std::int64_t low, std::int64_t high) {
  return {units::Bounded<units::Energy>{units::microjoules(value), units::microjoules(low),
                                        units::microjoules(high)},
          units::Duration()};
}

inline energy::DomainEnergy not_measured() { return {std::nullopt, units::seconds(10)}; }

inline energy::Domain domain_of(std::string name, energy::DomainKind kind, energy::Source source) {
  energy::Domain domain;
  domain.name = std::move(name);
  domain.kind = kind;
  domain.source = source;
  domain.origin = "/sys/class/powercap/" + domain.name;
  return domain;
}

/// A run of 10 s on a machine with a measured package and its cores, estimated memory, and a GPU
/// that said nothing. Stages: load, then train with forward nested in it; 1 J of the package
/// outside.
inline pipeline::Measurement sample_measurement() {
  using energy::DomainKind;
  using energy::Source;
  pipeline::Measurement m;
  m.command = {"train.py", "--epochs", "2"};
  m.started_unix_ns = 1'750'000'000'250'000'000;
  m.machine.cpu_model = "Test CPU, 8 cores";
  m.machine.logical_cpus = 8;
  m.machine.memory_bytes = std::uint64_t{16} << 30;
  m.machine.os = "Debian GNU/Linux 12";

  auto& s = m.energy;
  s.start = energy::Instant::from_nanoseconds(5'000'000'000);
  s.end = energy::Instant::from_nanoseconds(15'000'000'000);
  s.domains = {domain_of("package-0", DomainKind::package, Source::rapl_powercap),
               domain_of("cores-0", DomainKind::cores, Source::rapl_powercap),
               domain_of("memory", DomainKind::dram, Source::estimator),
               domain_of("gpu-0", DomainKind::gpu, Source::nvml_counter)};
  s.domains[1].contained_in = "package-0";
  s.domains[1].not_counted_because = "part of package-0";
  s.domain_totals = {measured_uj(100'000'001, 99'000'000, 101'000'000),
                     measured_uj(60'000'000, 59'000'000, 61'000'000),
                     measured_uj(20'000'000, 10'000'000, 40'000'000), not_measured()};
  s.total = measured_uj(120'000'001, 109'000'000, 141'000'000);
  s.total.unmeasured = units::seconds(10);
  s.estimated = units::microjoules(20'000'000);

  const auto stage = [&](std::string name, std::optional<std::size_t> parent, double seconds,
                         std::int64_t package_uj, std::int64_t own_package_uj) {
    energy::StageEnergy e;
    e.name = std::move(name);
    e.parent = parent;
    e.count = 1;
    e.time = units::seconds(seconds);
    const auto memory = measured_uj(2'000'000, 1'000'000, 4'000'000);
    e.domains = {measured_uj(package_uj, package_uj - 10, package_uj + 10),
                 measured_uj(1'000'000, 999'990, 1'000'010), memory, not_measured()};
    e.own = {measured_uj(own_package_uj, own_package_uj - 10, own_package_uj + 10),
             measured_uj(1'000'000, 999'990, 1'000'010), measured_uj(0, 0, 0), not_measured()};
    e.total = measured_uj(package_uj + 2'000'000, package_uj + 999'990, package_uj + 4'000'010);
    return e;
  };
  s.stages = {stage("load", std::nullopt, 1, 9'000'000, 9'000'000),
              stage("train", std::nullopt, 8, 90'000'001, 30'000'000),
              stage("forward", 1, 5, 60'000'001, 60'000'001)};
  s.stages[2].count = 40;

  s.outside.time = units::seconds(1);
  s.outside.total = measured_uj(17'000'000, 8'000'000, 33'000'000);

  energy::Fault wrap;
  wrap.kind = energy::FaultKind::wrap;
  wrap.subject = "package-0";
  wrap.first = wrap.last = energy::Instant::from_nanoseconds(6'500'000'000);
  energy::Fault vanished;
  vanished.kind = energy::FaultKind::vanished;
  vanished.subject = "gpu-0";
  vanished.first = vanished.last = s.start;
  vanished.duration = units::seconds(10);
  vanished.detail = "the driver stopped answering";
  s.faults = {wrap, vanished};
  s.sampling = {101, units::milliseconds(100), units::milliseconds(120), units::milliseconds(3)};
  m.resources.user = units::seconds(7);
  return m;
}

}  // namespace turngreen::report
