#pragma once

#include <cstddef>
#include <cstdint>

#include "kernels/kernel_set.h"

namespace turngreen::kernels {

#if defined(__x86_64__)
extern const KernelSet kAvx512Bf16;
extern const KernelSet kAvx512;
extern const KernelSet kAvx2;
#endif
extern const KernelSet kPlain;

}  // namespace turngreen::kernels
