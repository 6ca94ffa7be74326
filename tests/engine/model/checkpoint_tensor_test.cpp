#include "model/checkpoint_tensor.h"

#include <ATen/ops/tensor.h>
#include <gmock/gmock.h>

#include <array>
#include <cstring>

#include "tensor_values.h"

namespace turngreen::model {
namespace {

using checkpoint::Dtype;
using checkpoint::TensorView;

TensorView view_as(Dtype dtype, const at::Tensor& tensor) {
  return {dtype,
          tensor.sizes().vec(),
          {static_cast<const std::byte*>(tensor.const_data_ptr()), tensor.nbytes()}};
}

TEST(CheckpointTensor, becomes_fp32_of_any_floating_type) {
  const at::Tensor numbers = at::tensor({1.0F, -2.5F});
  for (const auto& [dtype, type] :
       {std::pair(Dtype::f64, at::kDouble), std::pair(Dtype::f32, at::kFloat),
        std::pair(Dtype::f16, at::kHalf), std::pair(Dtype::bf16, at::kBFloat16)}) {
    const at::Tensor stored = numbers.to(type);
    const at::Tensor read = to_fp32(view_as(dtype, stored), "weight").value();
    EXPECT_EQ(read.scalar_type(), at::kFloat);
    EXPECT_THAT(values_of<float>(read), testing::ElementsAre(1.0F, -2.5F));
  }
}

TEST(CheckpointTensor, need_not_lie_aligned) {
  const float number = 3.5F;
  std::array<std::byte, sizeof(float) + 1> bytes = {};
  std::memcpy(bytes.data() + 1, &number, sizeof(number));
  const TensorView view = {Dtype::f32, {}, std::span(bytes).subspan(1)};
  EXPECT_EQ(to_fp32(view, "weight").value().item<float>(), number);
}

TEST(CheckpointTensor, of_whole_numbers_is_refused_by_its_name) {
  const at::Tensor stored = at::tensor({1, 2}, at::kLong);
  const auto refused = to_fp32(view_as(Dtype::i64, stored), "classifier.weight");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, Error::Kind::unsupported);
  EXPECT_THAT(refused.error().message, testing::HasSubstr("classifier.weight is of type I64"));
}

}  // namespace
}  // namespace turngreen::model
