#pragma once

#include <atomic>
#include <chrono>
#include <thread>

#include "energy/fake_powercap.h"
#include "turngreen/energy/instant.h"

namespace turngreen::bench {

/// A fake powercap tree of two sockets, each with a package and a dram zone, that counts all the
/// while, as a kernel's does.
class LivePowercap {
 public:
  static constexpr double kWatts = 100;  ///< of every zone

  /// Microjoules of one zone since `start`.
  static std::uint64_t counted_since(energy::Instant start) {
    return static_cast<std::uint64_t>(kWatts * (energy::Instant::now() - start).in_microseconds());
  }

  /// `update`: the time between two updates of the counters.
  explicit LivePowercap(units::Duration update) {
    for (const Zone& zone : kZones) tree_.add(zone.directory, {.name = zone.name});
    thread_ = std::thread([this, update] {
      while (!stop_.load()) {
        for (const Zone& zone : kZones) tree_.set_energy_uj(zone.directory, counted_since(start_));
        std::this_thread::sleep_for(std::chrono::nanoseconds(update.in_nanoseconds()));
      }
    });
  }
  LivePowercap(const LivePowercap&) = delete;
  LivePowercap& operator=(const LivePowercap&) = delete;
  ~LivePowercap() {
    stop_.store(true);
    thread_.join();
  }

  const std::filesystem::path& root() const { return tree_.root(); }

 private:
  struct Zone {
    const char* directory;
    const char* name;
  };
  static constexpr Zone kZones[] = {{"intel-rapl:0", "package-0"},
                                    {"intel-rapl:0:0", "dram"},
                                    {"intel-rapl:1", "package-1"},
                                    {"intel-rapl:1:0", "dram"}};
  energy::FakePowercap tree_;
  energy::Instant start_ = energy::Instant::now();
  std::atomic<bool> stop_{false};
  std::thread thread_;
};

}  // namespace turngreen::bench
