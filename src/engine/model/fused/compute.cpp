#include "model/fused/compute.h"

namespace turngreen::model::fused {

kernels::Storage storage_of(at::ScalarType type) {
  return type == at::kBFloat16 ? kernels::Storage::bf16 : kernels::Storage::f32;
}

std::uint32_t mixed(std::uint64_t seed, std::uint64_t place) {
  std::uint64_t z = seed + (place + 1) * 0x9e3779b97f4a7c15ULL;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
  return static_cast<std::uint32_t>((z ^ (z >> 31)) >> 32);
}

}  // namespace turngreen::model::fused
