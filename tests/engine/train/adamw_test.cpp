#include "train/adamw.h"

#include <ATen/ops/equal.h>
#include <gmock/gmock.h>

#include "engine/train/trained_parameter.h"

namespace turngreen::train {
namespace {

using testing::ElementsAre;
using testing::FloatNear;

const AdamWOptions kOptions{.beta1 = 0.9, .beta2 = 0.99, .epsilon = 1e-6, .weight_decay = 0.1};

TEST(AdamW, updates_as_torch_does_and_decays_only_what_is_to_decay) {
  const std::vector parameters{trained_parameter("weight", {1, -2, 0.5F}),
                               trained_parameter("bias", {0.25F}, false)};
  AdamW adamw(parameters, kOptions);
  for (int k = 0; k < 3; ++k) {
    set_gradient(parameters[0], {0.1F * static_cast<float>(k + 1), -0.3F, 0});
    set_gradient(parameters[1], {0.5F});
    adamw.step({.learning_rate = 0.01});
  }
  // torch.optim.AdamW(fused=True) of 2.13, the same settings and gradients
  EXPECT_THAT(values_of(parameters[0].tensor),
              ElementsAre(FloatNear(0.9678388F, 1e-7F), FloatNear(-1.9640361F, 1e-7F),
                          FloatNear(0.4985015F, 1e-7F)));
  EXPECT_THAT(values_of(parameters[1].tensor), ElementsAre(FloatNear(0.2200001F, 1e-7F)));
}

TEST(AdamW, a_parameter_without_a_gradient_stays_and_takes_no_step) {
  const std::vector parameters{trained_parameter("a", {1}), trained_parameter("b", {1})};
  AdamW adamw(parameters, kOptions);
  set_gradient(parameters[0], {1});
  adamw.step({.learning_rate = 0.01});
  EXPECT_NE(values_of(parameters[0].tensor)[0], 1);
  EXPECT_EQ(values_of(parameters[1].tensor)[0], 1);
  for (const auto& [name, tensor] : adamw.state()) {
    if (name.starts_with("steps.")) {
      EXPECT_EQ(tensor.item<float>(), name == "steps.a" ? 1 : 0);
    }
  }
}

TEST(AdamW, scales_gradients_first) {
  const std::vector parameters{trained_parameter("a", {1}), trained_parameter("b", {1})};
  AdamW scaling(std::span<const model::Parameter>(parameters).first(1), {.epsilon = 0.1});
  AdamW plain(std::span<const model::Parameter>(parameters).last(1), {.epsilon = 0.1});
  set_gradient(parameters[0], {1});
  set_gradient(parameters[1], {0.25F});
  scaling.step({.learning_rate = 0.01, .gradient_scale = 0.25});
  plain.step({.learning_rate = 0.01});
  EXPECT_EQ(values_of(parameters[0].tensor), values_of(parameters[1].tensor));
}

TEST(AdamW, writes_shadows_along_and_does_not_call_them_out_of_date) {
  const std::vector parameters{trained_parameter("a", {1, 2}), trained_parameter("b", {1, 2})};
  const model::Shadow shadow{.parameter = parameters[0].tensor,
                             .copy = parameters[0].tensor.detach().to(at::kBFloat16)};
  AdamW adamw(parameters, kOptions);
  for (const model::Parameter& parameter : parameters) set_gradient(parameter, {1, -1});
  const auto shadowed = parameters[0].tensor._version();
  const auto other = parameters[1].tensor._version();
  adamw.step({.learning_rate = 0.5}, std::span<const model::Shadow>(&shadow, 1));
  EXPECT_TRUE(at::equal(shadow.copy, parameters[0].tensor.detach().to(at::kBFloat16)));
  EXPECT_EQ(parameters[0].tensor._version(), shadowed);
  EXPECT_GT(parameters[1].tensor._version(), other);
}

}  // namespace
}  // namespace turngreen::train
