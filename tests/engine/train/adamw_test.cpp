#include "train/adamw.h"

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
    adamw.step(0.01);
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
  adamw.step(0.01);
  EXPECT_NE(values_of(parameters[0].tensor)[0], 1);
  EXPECT_EQ(values_of(parameters[1].tensor)[0], 1);
  EXPECT_EQ(adamw.moments()[0].steps.item<float>(), 1);
  EXPECT_EQ(adamw.moments()[1].steps.item<float>(), 0);
}

TEST(AdamW, forgets_gradients) {
  const std::vector parameters{trained_parameter("a", {1})};
  AdamW adamw(parameters, kOptions);
  set_gradient(parameters[0], {1});
  adamw.forget_gradients();
  EXPECT_FALSE(parameters[0].tensor.grad().defined());
}

}  // namespace
}  // namespace turngreen::train
