#include "cuda_device_name.h"

#include <gtest/gtest.h>

namespace turngreen::engine {
namespace {

TEST(CudaDeviceName, is_what_the_driver_says) {
  EXPECT_EQ(cuda_device_name(0, TURNGREEN_FAKE_CUDA_DRIVER), "Fake GPU of number 0");
  EXPECT_EQ(cuda_device_name(1, TURNGREEN_FAKE_CUDA_DRIVER), "Fake GPU of number 1");
}

TEST(CudaDeviceName, is_empty_where_there_is_no_driver_or_no_such_device) {
  EXPECT_EQ(cuda_device_name(0, "no-such-library.so"), "");
  EXPECT_EQ(cuda_device_name(2, TURNGREEN_FAKE_CUDA_DRIVER), "");
}

}  // namespace
}  // namespace turngreen::engine
