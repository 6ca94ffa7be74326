#include "train/optimizer.h"

#include <gmock/gmock.h>

#include "engine/train/trained_parameter.h"

namespace turngreen::train {
namespace {

using testing::ElementsAre;
using testing::FloatNear;
using testing::HasSubstr;

/// Three steps of gradients that grow, over a weight that decays and a bias.
std::vector<model::Parameter> moved_by(const TrainOptions& options) {
  std::vector<model::Parameter> parameters{trained_parameter("weight", {1, -2, 0.5F}),
                                           trained_parameter("bias", {0.25F}, false)};
  Optimizer optimizer(parameters, options);
  for (int k = 0; k < 3; ++k) {
    set_gradient(parameters[0], {0.2F * static_cast<float>(k + 1), -0.6F, 0});
    set_gradient(parameters[1], {1});
    optimizer.step({.learning_rate = 0.01, .gradient_scale = 0.5}, {});
  }
  return parameters;
}

TEST(Optimizer, is_the_one_that_was_asked_for) {
  const std::vector parameters{trained_parameter("a", {1})};
  for (const auto kind : {OptimizerKind::adamw, OptimizerKind::adamw_fused,
                          OptimizerKind::adamw_8bit, OptimizerKind::sgd}) {
    TrainOptions options;
    options.optimizer = kind;
    EXPECT_EQ(Optimizer(parameters, options).kind(), kind);
  }
}

TEST(Optimizer, adamw_in_several_passes_moves_as_torch_does) {
  TrainOptions options;
  options.optimizer = OptimizerKind::adamw;
  options.adam_beta2 = 0.99;
  options.adam_epsilon = 1e-6;
  options.weight_decay = 0.1;
  const auto parameters = moved_by(options);
  // torch.optim.AdamW of 2.13, the same settings and gradients
  EXPECT_THAT(values_of(parameters[0].tensor),
              ElementsAre(FloatNear(0.9678388F, 1e-7F), FloatNear(-1.9640361F, 1e-7F),
                          FloatNear(0.4985015F, 1e-7F)));
  EXPECT_THAT(values_of(parameters[1].tensor), ElementsAre(FloatNear(0.2200001F, 1e-7F)));
}

TEST(Optimizer, sgd_moves_as_torch_does) {
  TrainOptions options;
  options.optimizer = OptimizerKind::sgd;
  options.weight_decay = 0.1;
  const auto parameters = moved_by(options);
  // torch.optim.SGD(momentum=0.9) of 2.13, the same settings and gradients
  EXPECT_THAT(values_of(parameters[0].tensor),
              ElementsAre(FloatNear(0.98489064F, 1e-6F), FloatNear(-1.97197402F, 1e-6F),
                          FloatNear(0.49719739F, 1e-6F)));
  EXPECT_THAT(values_of(parameters[1].tensor), ElementsAre(FloatNear(0.22195001F, 1e-6F)));
}

TEST(Optimizer, sgd_without_momentum_keeps_nothing) {
  TrainOptions options;
  options.optimizer = OptimizerKind::sgd;
  options.momentum = 0;
  const std::vector parameters{trained_parameter("a", {1})};
  Optimizer optimizer(parameters, options);
  set_gradient(parameters[0], {2});
  optimizer.step({.learning_rate = 0.25}, {});
  EXPECT_THAT(values_of(parameters[0].tensor), ElementsAre(0.5F));
  EXPECT_TRUE(optimizer.state().empty());
}

TEST(Optimizer, in_8_bits_is_refused_where_there_is_none) {
  EXPECT_TRUE(Optimizer::check(OptimizerKind::adamw_8bit, at::kCPU));
  const auto refused = Optimizer::check(OptimizerKind::adamw_8bit, at::kCUDA);
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().message, HasSubstr("take adamw_fused"));
}

}  // namespace
}  // namespace turngreen::train
