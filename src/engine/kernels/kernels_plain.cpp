#include "kernels/instruction_sets.h"

namespace turngreen::kernels {
namespace {

#include "kernel_set.inc"

bool supported() { return true; }

}  // namespace

extern const KernelSet kPlain = kernel_set("plain", supported);

}  // namespace turngreen::kernels
