#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <string>

namespace turngreen::energy {

/// One GPU of the fake library. Statuses are amdsmi_status_t: 0 works, 2 not supported, 10 no
/// permission.
struct FakeAmdGpu {
  std::string uuid;
  int energy_status = 0;
  std::uint64_t accumulator = 1'000'000;
  float resolution_uj = 15.259F;
  int power_status = 0;
  /// The first words of amdsmi_power_info_t: ROCm 6.4 and later begin with socket_power as 64 bits.
  std::array<std::uint32_t, 4> power_words{300, 0, 300, 0xFFFFFFFF};
};

struct FakeAmdLibrary {
  int init_status = 0;
  int inits = 0;
  int shutdowns = 0;
  std::deque<FakeAmdGpu> gpus;  // each in a socket of its own
};

}  // namespace turngreen::energy
