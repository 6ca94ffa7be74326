#include "kernels/kernel_set.h"

#include <algorithm>
#include <array>

#include "kernels/instruction_sets.h"
#include "processor.h"

namespace turngreen::kernels {
namespace {

#if defined(__x86_64__)
constexpr std::array kSets = {&kAvx512Bf16, &kAvx512Vnni, &kAvx512, &kAvx2Vnni, &kAvx2, &kPlain};
#else
constexpr std::array kSets = {&kPlain};
#endif

}  // namespace

bool processor_has(const char* name) {
  const auto sets = engine::instruction_sets();
  return std::any_of(sets.begin(), sets.end(), [&](const engine::InstructionSet& set) {
    return set.is_there && set.name == name;
  });
}

std::span<const KernelSet* const> kernel_sets() { return kSets; }

const KernelSet& best_kernels() {
  return **std::find_if(kSets.begin(), kSets.end(),
                        [](const KernelSet* set) { return set->supported(); });
}

}  // namespace turngreen::kernels
