#include "min_hash_kernel.h"

#include <algorithm>
#include <array>

namespace turngreen::selection {
namespace {

#if defined(__x86_64__)
constexpr std::array kKernels = {&kMinHashAvx512, &kMinHashAvx2, &kMinHashPlain};
#else
constexpr std::array kKernels = {&kMinHashPlain};
#endif

}  // namespace

std::span<const MinHashKernel* const> min_hash_kernels() { return kKernels; }

const MinHashKernel& best_min_hash_kernel() {
  return **std::find_if(kKernels.begin(), kKernels.end(),
                        [](const MinHashKernel* kernel) { return kernel->supported(); });
}

}  // namespace turngreen::selection
