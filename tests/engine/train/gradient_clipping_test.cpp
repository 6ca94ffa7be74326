#include "train/gradient_clipping.h"

#include <gmock/gmock.h>

#include "engine/train/trained_parameter.h"

namespace turngreen::train {
namespace {

using testing::ElementsAre;
using testing::FloatNear;

TEST(GradientClipping, scales_all_gradients_to_the_norm_allowed) {
  const std::vector parameters{trained_parameter("a", {0, 0}), trained_parameter("b", {0, 0}),
                               trained_parameter("without", {0})};
  set_gradient(parameters[0], {3, 0});
  set_gradient(parameters[1], {0, 4});
  const at::Tensor norm = gradient_norm(parameters);
  EXPECT_EQ(norm.item<float>(), 5);
  clip_gradients(parameters, norm, 1);
  EXPECT_THAT(values_of(parameters[0].tensor.grad()), ElementsAre(FloatNear(0.6F, 1e-6F), 0));
  EXPECT_THAT(values_of(parameters[1].tensor.grad()), ElementsAre(0, FloatNear(0.8F, 1e-6F)));
}

TEST(GradientClipping, leaves_what_is_small_enough) {
  const std::vector parameters{trained_parameter("a", {0, 0})};
  set_gradient(parameters[0], {0.5F, 0.25F});
  clip_gradients(parameters, gradient_norm(parameters), 1);
  EXPECT_THAT(values_of(parameters[0].tensor.grad()), ElementsAre(0.5F, 0.25F));
}

TEST(GradientClipping, no_gradients_have_the_norm_zero) {
  EXPECT_EQ(gradient_norm(std::vector{trained_parameter("a", {1})}).item<float>(), 0);
}

}  // namespace
}  // namespace turngreen::train
