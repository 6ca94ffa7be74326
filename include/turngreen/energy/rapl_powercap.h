#pragma once

#include <filesystem>
#include <memory>
#include <span>

#include "turngreen/energy/opened.h"
#include "turngreen/energy/sensor.h"

namespace turngreen::energy {

/// RAPL energy counters of Intel and AMD processors, read through the kernel's powercap files.
///
/// Only package, dram and (where there is no package) psys are counted: cores and uncore are part
/// of their package. Zones that repeat another counter are left out: copies over MMIO, and dies
/// whose counters show the same value and move together (on some AMD processors each die shows its
/// socket's counter).
///
/// Domain::wraps_at is max_energy_range_uj: the kernel computes it from the largest value of the
/// 32-bit register, so a wrap is in truth one register unit (15 or 61 uJ) longer, which is below
/// the counter's step.
class RaplPowercap final : public Sensor {
 public:
  /// Opens what can be read below `root`. Zones of a kind and socket that `measured` already tells
  /// (by RaplPerf) are left out.
  static Opened<RaplPowercap> open(const std::filesystem::path& root = "/sys/class/powercap",
                                   std::span<const Domain> measured = {});
  ~RaplPowercap() override;

  std::span<const Domain> domains() const override;
  void read(std::span<Reading> out) noexcept override;

 private:
  struct State;
  explicit RaplPowercap(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace turngreen::energy
