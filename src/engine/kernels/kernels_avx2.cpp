#include <immintrin.h>

#include "kernels/instruction_sets.h"

namespace turngreen::kernels {
namespace {

#include "kernel_set.inc"

bool supported() {
  return __builtin_cpu_supports("avx2") != 0 && __builtin_cpu_supports("fma") != 0;
}

}  // namespace

extern const KernelSet kAvx2 = kernel_set("avx2", supported);

}  // namespace turngreen::kernels
