#include "min_hash_kernel.h"

namespace turngreen::selection {
namespace {

#include "min_hash_kernel.inc"

bool supported() { return true; }

}  // namespace

extern const MinHashKernel kMinHashPlain = {"plain", supported, lower, equal_places};

}  // namespace turngreen::selection
