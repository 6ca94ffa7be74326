#include "model/device.h"

#include <gmock/gmock.h>

namespace turngreen::model {
namespace {

using testing::HasSubstr;

TEST(Device, is_the_cpu_or_a_cuda_device_by_its_number) {
  EXPECT_EQ(parse_device("cpu", 0, false).value(), at::Device(at::kCPU));
  EXPECT_EQ(parse_device("cuda", 2, true).value(), at::Device(at::kCUDA, 0));
  EXPECT_EQ(parse_device("cuda:1", 2, true).value(), at::Device(at::kCUDA, 1));
}

TEST(Device, that_is_not_there_is_an_error_that_says_what_is) {
  const auto absent = parse_device("cuda:2", 2, true);
  ASSERT_FALSE(absent);
  EXPECT_EQ(absent.error().kind, Error::Kind::not_found);
  EXPECT_THAT(absent.error().message, HasSubstr("there are cpu and cuda:0 to cuda:1"));
  EXPECT_THAT(parse_device("cuda", 0, false).error().message, HasSubstr("built without CUDA"));
  EXPECT_THAT(parse_device("cuda", 0, true).error().message,
              HasSubstr("the driver shows none of CUDA"));
}

TEST(Device, is_nothing_else) {
  for (const char* text :
       {"", "gpu", "cuda:", "cuda:x", "cuda:-1", "cuda:1 ", "cuda:99999999999"}) {
    const auto refused = parse_device(text, 1, true);
    ASSERT_FALSE(refused) << text;
    EXPECT_EQ(refused.error().kind, Error::Kind::invalid_input) << text;
  }
}

}  // namespace
}  // namespace turngreen::model
