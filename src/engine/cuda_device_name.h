#pragma once

#include <string>

namespace turngreen::engine {

/// Of the CUDA device of that number, as this process counts them; empty where the driver does not
/// tell. libtorch knows it too, and tells only who has a CUDA toolkit to build with.
std::string cuda_device_name(int number, const char* driver = "libcuda.so.1");

}  // namespace turngreen::engine
