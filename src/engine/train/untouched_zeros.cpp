#include "train/untouched_zeros.h"

#include <ATen/ops/from_blob.h>

#include <cstdlib>
#include <new>

namespace turngreen::train {

at::Tensor untouched_zeros(at::IntArrayRef sizes, at::ScalarType type) {
  std::size_t elements = 1;
  for (const std::int64_t size : sizes) elements *= static_cast<std::size_t>(size);
  void* memory = std::calloc(elements + 1, at::elementSize(type));
  if (memory == nullptr) throw std::bad_alloc();
  return at::from_blob(memory, sizes, std::free, at::TensorOptions().dtype(type));
}

}  // namespace turngreen::train
