#pragma once

#include <filesystem>
#include <memory>
#include <span>

#include "turngreen/energy/opened.h"
#include "turngreen/energy/sensor.h"

namespace turngreen::energy {

/// The power drawn from batteries that discharge: the whole machine while it is unplugged. A
/// battery that does not discharge when opened is left out; one that stops discharging later reads
/// as missing.
class Battery final : public Sensor {
 public:
  /// `measured`: the domains that other sensors tell; beside a counted one no battery is counted.
  static Opened<Battery> open(const std::filesystem::path& root = "/sys/class/power_supply",
                              std::span<const Domain> measured = {});
  ~Battery() override;

  std::span<const Domain> domains() const override;
  void read(std::span<Reading> out) noexcept override;

 private:
  struct State;
  explicit Battery(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace turngreen::energy
