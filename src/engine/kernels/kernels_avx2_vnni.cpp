#include <immintrin.h>

#include "kernels/instruction_sets.h"

namespace turngreen::kernels {
namespace {

#include "kernel_set.inc"

bool supported() {
  return __builtin_cpu_supports("avx2") != 0 && __builtin_cpu_supports("fma") != 0 &&
         processor_has("avx_vnni");
}

}  // namespace

extern const KernelSet kAvx2Vnni = kernel_set("avx2_vnni", supported);

}  // namespace turngreen::kernels
