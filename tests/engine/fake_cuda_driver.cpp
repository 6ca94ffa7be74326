// A stand-in for libcuda.so.1 with two devices.
#include <cstdio>

extern "C" {

[[gnu::visibility("default")]] int cuInit(unsigned flags) { return flags == 0 ? 0 : 1; }

[[gnu::visibility("default")]] int cuDeviceGet(int* device, int number) {
  if (number < 0 || number > 1) return 101;
  *device = number + 40;  // a handle, which is no number
  return 0;
}

[[gnu::visibility("default")]] int cuDeviceGetName(char* name, int size, int device) {
  std::snprintf(name, static_cast<std::size_t>(size), "Fake GPU of number %d", device - 40);
  return 0;
}
}
