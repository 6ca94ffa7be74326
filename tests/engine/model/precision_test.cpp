#include "model/precision.h"

#include <ATen/ops/linear.h>
#include <ATen/ops/rand.h>
#include <gmock/gmock.h>

#include <array>

namespace turngreen::model {
namespace {

using engine::InstructionSet;
using testing::HasSubstr;

constexpr std::array<InstructionSet, 2> kWithBf16 = {{{"avx2", true}, {"avx512_bf16", true}}};
constexpr std::array<InstructionSet, 3> kWithout = {
    {{"avx2", true}, {"avx512_bf16", false}, {"amx_bf16", false}}};

at::ScalarType product_type() {
  return at::linear(at::rand({2, 4}), at::rand({3, 4})).scalar_type();
}

TEST(Precision, of_a_cpu_without_bf16_instructions_is_fp32_only) {
  EXPECT_TRUE(check_cpu_precision(Precision::fp32, kWithout));
  const auto refused = check_cpu_precision(Precision::bf16, kWithout);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, Error::Kind::unsupported);
  EXPECT_THAT(refused.error().message, HasSubstr("take fp32"));
}

TEST(Precision, of_a_cpu_with_bf16_instructions_may_be_bf16) {
  EXPECT_TRUE(check_cpu_precision(Precision::bf16, kWithBf16));
}

TEST(Precision, of_a_cpu_may_be_fp16_however_slow) {
  EXPECT_TRUE(check_cpu_precision(Precision::fp16, kWithout));
}

TEST(AutocastScope, lowers_products_as_long_as_it_lives) {
  {
    const AutocastScope scope(Precision::bf16, at::kCPU);
    EXPECT_EQ(product_type(), at::kBFloat16);
    {
      const AutocastScope inner(Precision::fp32, at::kCPU);
      EXPECT_EQ(product_type(), at::kFloat);
    }
    EXPECT_EQ(product_type(), at::kBFloat16);
  }
  EXPECT_EQ(product_type(), at::kFloat);
}

}  // namespace
}  // namespace turngreen::model
