#include <immintrin.h>

#include "kernels/instruction_sets.h"

namespace turngreen::kernels {
namespace {

#include "kernel_set.inc"

bool supported() {
  return __builtin_cpu_supports("avx512f") != 0 && __builtin_cpu_supports("avx512bw") != 0 &&
         __builtin_cpu_supports("avx512vl") != 0 && __builtin_cpu_supports("avx512dq") != 0;
}

}  // namespace

extern const KernelSet kAvx512 = kernel_set("avx512", supported);

}  // namespace turngreen::kernels
