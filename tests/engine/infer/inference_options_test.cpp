#include "infer/inference_options.h"

#include <gmock/gmock.h>

namespace turngreen::infer {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

checkpoint::Architecture usual_encoder() {
  checkpoint::Architecture architecture;
  architecture.hidden = 32;
  architecture.intermediate = 64;
  architecture.heads = 2;
  architecture.layers.resize(2);
  return architecture;
}

std::string reason(const InferenceOptions& options, at::Device device = at::kCPU) {
  const auto checked = check_inference(options, usual_encoder(), device);
  return checked ? std::string() : checked.error().message;
}

TEST(InferenceOptions, of_their_defaults_can_be_had_everywhere) {
  EXPECT_EQ(reason({}), "");
  EXPECT_EQ(reason({}, at::kCUDA), "");
}

TEST(InferenceOptions, of_the_fused_engine_need_packed_texts_on_the_cpu) {
  EXPECT_EQ(reason({.batching = Batching::packed, .engine = Engine::fused}), "");
  EXPECT_THAT(reason({.engine = Engine::fused}), HasSubstr("add --inference-batching packed"));
  EXPECT_THAT(reason({.batching = Batching::packed, .engine = Engine::fused}, at::kCUDA),
              HasSubstr("CPU alone"));
}

TEST(InferenceOptions, of_int8_need_the_fused_engine) {
  EXPECT_THAT(reason({.precision = Precision::int8_dynamic}),
              HasSubstr("add --inference-engine fused"));
}

TEST(InferenceOptions, of_fp16_are_for_the_reference_engine_on_cuda) {
  EXPECT_EQ(reason({.precision = Precision::fp16}, at::kCUDA), "");
  EXPECT_THAT(reason({.precision = Precision::fp16}), HasSubstr("CUDA"));
  EXPECT_THAT(
      reason({.batching = Batching::packed, .engine = Engine::fused, .precision = Precision::fp16}),
      StartsWith("--inference-precision fp16"));
}

TEST(InferenceOptions, of_int8_say_which_instructions_a_processor_lacks) {
  for (const kernels::KernelSet* kernels : kernels::kernel_sets()) {
    const auto able = check_int8(*kernels);
    EXPECT_EQ(able.has_value(), kernels->multiplies_int8) << kernels->name;
    if (able) continue;
    EXPECT_THAT(able.error().message, HasSubstr("avx512_vnni"));
  }
  EXPECT_FALSE(check_int8(*kernels::kernel_sets().back()));
}

}  // namespace
}  // namespace turngreen::infer
