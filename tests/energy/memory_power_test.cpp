#include "energy/memory_power.h"

#include <gtest/gtest.h>

namespace turngreen::energy {
namespace {

constexpr std::uint64_t kGib = 1ULL << 30;

TEST(MemoryPower, a_terabyte_spans_the_three_published_models) {
  const auto power = memory_power(1024 * kGib, MemoryBoard::x86);
  EXPECT_NEAR(power.low.in_watts(), 38, 0.01);    // CodeCarbon, 8 modules
  EXPECT_NEAR(power.value.in_watts(), 291, 0.5);  // Boavizta
  EXPECT_NEAR(power.high.in_watts(), 401, 0.5);   // Cloud Carbon Footprint
}

TEST(MemoryPower, a_small_machine_is_dearest_by_the_module) {
  const auto power = memory_power(8 * kGib, MemoryBoard::x86);
  EXPECT_NEAR(power.low.in_watts(), 2.27, 0.01);
  EXPECT_NEAR(power.value.in_watts(), 3.14, 0.01);
  EXPECT_NEAR(power.high.in_watts(), 10, 0.01);
}

TEST(MemoryPower, arm_boards_draw_less_by_the_module) {
  EXPECT_NEAR(memory_power(8 * kGib, MemoryBoard::arm).value.in_watts(), 3.0, 0.01);
}

TEST(MemoryPower, is_ordered_for_every_size) {
  for (std::uint64_t gib = 1; gib <= 8192; gib += 7) {
    for (const auto board : {MemoryBoard::x86, MemoryBoard::arm}) {
      const auto power = memory_power(gib * kGib, board);
      EXPECT_LE(power.low, power.value) << gib;
      EXPECT_LE(power.value, power.high) << gib;
    }
  }
}

}  // namespace
}  // namespace turngreen::energy
