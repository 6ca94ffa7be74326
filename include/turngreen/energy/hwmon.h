#pragma once

#include <filesystem>
#include <memory>
#include <span>

#include "turngreen/energy/opened.h"
#include "turngreen/energy/sensor.h"

namespace turngreen::energy {

/// Power and energy sensors of boards, graphics cards and processors that the kernel shows under
/// hwmon: energyN_input (microjoules), powerN_average and powerN_input (microwatts).
///
/// Counted are processors and graphics cards that no other sensor measures, and a lone ACPI power
/// meter (the whole machine) where nothing else is measured. Other boards are shown and not
/// counted: what hangs on their rails is not known; it may be a part of something counted, or the
/// light of a network module.
class Hwmon final : public Sensor {
 public:
  /// `measured`: the domains that other sensors tell; nothing that overlaps a counted one is
  /// counted.
  static Opened<Hwmon> open(const std::filesystem::path& root = "/sys/class/hwmon",
                            std::span<const Domain> measured = {});
  ~Hwmon() override;

  std::span<const Domain> domains() const override;
  void read(std::span<Reading> out) noexcept override;

 private:
  struct State;
  explicit Hwmon(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace turngreen::energy
