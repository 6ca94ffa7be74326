#pragma once

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "turngreen/energy/instant.h"
#include "turngreen/energy/sensor.h"

namespace turngreen::energy {

/// A sensor whose readings a test decides: one function per domain, asked at each read.
class ScriptedSensor final : public Sensor {
 public:
  using Script = std::function<Reading()>;

  ScriptedSensor& add(Domain domain, Script script) {
    domains_.push_back(std::move(domain));
    scripts_.push_back(std::move(script));
    return *this;
  }
  std::span<const Domain> domains() const override { return domains_; }
  void read(std::span<Reading> out) noexcept override {
    for (std::size_t d = 0; d < out.size(); ++d) out[d] = scripts_[d]();
  }

 private:
  std::vector<Domain> domains_;
  std::vector<Script> scripts_;
};

/// A counter of whole microjoules that is updated every `step`.
inline Domain counter_domain(std::string name, units::Duration step = units::milliseconds(1)) {
  Domain domain;
  domain.name = std::move(name);
  domain.step = step;
  domain.max_power = units::watts(1000);
  return domain;
}

inline Instant at(units::Duration since_start) {
  // Away from zero, where differences could hide behind a default-constructed Instant.
  return Instant::from_nanoseconds(1'000'000'000'000) + since_start;
}

template <typename... S>
std::vector<std::unique_ptr<Sensor>> sensors(S... sensor) {
  std::vector<std::unique_ptr<Sensor>> list;
  (list.push_back(std::move(sensor)), ...);
  return list;
}

}  // namespace turngreen::energy
