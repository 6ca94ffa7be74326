#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>

#include "turngreen/energy/opened.h"
#include "turngreen/energy/sensor.h"

namespace turngreen::energy {

/// Opens one counting event of a PMU on one CPU and returns its descriptor, or a negative errno.
/// Reading the descriptor gives the count as 8 bytes.
using PerfEventOpener = std::function<int(std::uint32_t type, std::uint64_t config, int cpu)>;

/// The system call perf_event_open(2), for all processes on that CPU.
int open_perf_event(std::uint32_t type, std::uint64_t config, int cpu);

/// Where RaplPerf looks, and how it opens events; tests replace each.
struct RaplPerfPlaces {
  std::filesystem::path event_source = "/sys/bus/event_source/devices";
  std::filesystem::path cpus = "/sys/devices/system/cpu";  ///< tells the socket of a CPU
  PerfEventOpener open_event = open_perf_event;
};

/// RAPL energy counters through the kernel's `power` PMU. The kernel extends the counters to 64
/// bits, so they never wrap; they count from the moment of opening. Needs CAP_PERFMON or
/// perf_event_paranoid <= 0.
///
/// A kind of domain is offered only if its event opens on every socket, so that no socket goes
/// missing.
class RaplPerf final : public Sensor {
 public:
  static Opened<RaplPerf> open(const RaplPerfPlaces& places = {});
  ~RaplPerf() override;

  std::span<const Domain> domains() const override;
  void read(std::span<Reading> out) noexcept override;

 private:
  struct State;
  explicit RaplPerf(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace turngreen::energy
