#include "min_hash_kernel.h"

namespace turngreen::selection {
namespace {

#include "min_hash_kernel.inc"

bool supported() { return __builtin_cpu_supports("avx2") != 0; }

}  // namespace

extern const MinHashKernel kMinHashAvx2 = {"avx2", supported, lower, equal_places};

}  // namespace turngreen::selection
