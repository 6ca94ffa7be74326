#pragma once

#include <cstddef>
#include <cstdint>

#include "kernels/kernel_set.h"

namespace turngreen::kernels {

#if defined(__x86_64__)
extern const KernelSet kAvx512Bf16;
extern const KernelSet kAvx512Vnni;
extern const KernelSet kAvx512;
extern const KernelSet kAvx2Vnni;
extern const KernelSet kAvx2;
#endif
extern const KernelSet kPlain;

/// As the processor names its instructions: "avx512_vnni". For files that are compiled for an
/// instruction set themselves, and may use no inline code of others.
bool processor_has(const char* name);

}  // namespace turngreen::kernels
