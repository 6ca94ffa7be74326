#pragma once

#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "energy/scripted_sensor.h"
#include "turngreen/energy/meter.h"

namespace turngreen::pipeline {

/// A meter without a thread over a counter that draws 1 W, on a made-up clock.
class HandMeter {
 public:
  HandMeter() {
    auto sensor = std::make_unique<energy::ScriptedSensor>();
    sensor->add(energy::counter_domain("package-0"),
                [this] { return energy::Reading::of(microjoules_); });
    meter_.emplace(energy::sensors(std::move(sensor)),
                   energy::MeterOptions{.sampling = energy::Sampling::by_hand});
    sample(units::Duration{});
    meter_->begin(energy::at(units::Duration{}));
  }
  energy::Meter& meter() { return *meter_; }
  void sample(units::Duration when) {
    microjoules_ = static_cast<std::uint64_t>(when.in_microseconds());
    meter_->sample(energy::at(when));
  }
  energy::Statement finish(units::Duration when) {
    sample(when);
    return meter_->finish(energy::at(when));
  }

 private:
  std::uint64_t microjoules_ = 0;
  std::optional<energy::Meter> meter_;
};

/// The stage of that name; the test ends when there is none.
inline const energy::StageEnergy& find_stage(const energy::Statement& statement,
                                             std::string_view name) {
  for (const auto& stage : statement.stages) {
    if (stage.name == name) return stage;
  }
  throw std::runtime_error("no stage " + std::string(name));
}

inline const energy::Fault* find_fault(const energy::Statement& statement, energy::FaultKind kind) {
  for (const auto& fault : statement.faults) {
    if (fault.kind == kind) return &fault;
  }
  return nullptr;
}

}  // namespace turngreen::pipeline
