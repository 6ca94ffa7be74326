#include "cuda_device_name.h"

#include <dlfcn.h>

#include <array>
#include <memory>

namespace turngreen::engine {

std::string cuda_device_name(int number, const char* driver) {
  const std::unique_ptr<void, int (*)(void*)> library(::dlopen(driver, RTLD_LAZY | RTLD_LOCAL),
                                                      ::dlclose);
  if (!library) return {};
  // The driver API's, whose status is 0 for success:
  // https://docs.nvidia.com/cuda/cuda-driver-api/group__CUDA__DEVICE.html
  const auto initialise = reinterpret_cast<int (*)(unsigned)>(::dlsym(library.get(), "cuInit"));
  const auto device_of =
      reinterpret_cast<int (*)(int*, int)>(::dlsym(library.get(), "cuDeviceGet"));
  const auto name_of =
      reinterpret_cast<int (*)(char*, int, int)>(::dlsym(library.get(), "cuDeviceGetName"));
  if (initialise == nullptr || device_of == nullptr || name_of == nullptr) return {};
  int device = 0;
  std::array<char, 256> name{};
  if (initialise(0) != 0 || device_of(&device, number) != 0 ||
      name_of(name.data(), static_cast<int>(name.size() - 1), device) != 0)
    return {};
  return name.data();
}

}  // namespace turngreen::engine
