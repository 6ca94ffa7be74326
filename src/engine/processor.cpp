#include "processor.h"

#include <array>

#if defined(__x86_64__)
#include <cpuid.h>
#endif

namespace turngreen::engine {

#if defined(__x86_64__)

namespace {

struct Registers {
  unsigned eax = 0, ebx = 0, ecx = 0, edx = 0;
};

Registers leaf(unsigned number, unsigned part) {
  Registers found;
  __get_cpuid_count(number, part, &found.eax, &found.ebx, &found.ecx, &found.edx);
  return found;
}

bool bit(unsigned value, unsigned position) { return (value >> position & 1U) != 0; }

/// Which registers the operating system saves: without that the instructions may not be used.
unsigned long long saved_state() {
  if (!bit(leaf(1, 0).ecx, 27)) return 0;
  unsigned low = 0;
  unsigned high = 0;
  __asm__("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
  return static_cast<unsigned long long>(high) << 32 | low;
}

std::array<InstructionSet, 7> ask() {
  const Registers first = leaf(7, 0);
  const Registers second = leaf(7, 1);
  const auto state = saved_state();
  const auto saves = [&](unsigned long long wanted) { return (state & wanted) == wanted; };
  const bool avx = saves(0x6);
  const bool avx512 = saves(0xE6) && bit(first.ebx, 16);
  const bool amx = saves(0x60000) && bit(first.edx, 24);
  return {{{"avx2", avx && bit(first.ebx, 5)},
           {"avx_vnni", avx && bit(second.eax, 4)},
           {"avx512f", avx512},
           {"avx512_vnni", avx512 && bit(first.ecx, 11)},
           {"avx512_bf16", avx512 && bit(second.eax, 5)},
           {"amx_bf16", amx && bit(first.edx, 22)},
           {"amx_int8", amx && bit(first.edx, 25)}}};
}

}  // namespace

std::span<const InstructionSet> instruction_sets() {
  static const auto sets = ask();
  return sets;
}

#else

std::span<const InstructionSet> instruction_sets() { return {}; }

#endif

}  // namespace turngreen::engine
