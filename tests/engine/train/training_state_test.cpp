#include "train/training_state.h"

#include <gmock/gmock.h>

namespace turngreen::train {
namespace {

using testing::HasSubstr;

TEST(TrainingState, survives_its_json_to_the_last_bit) {
  TrainingState state{.step = 7, .loss_sum = 0.1 + 0.2, .loss_count = 2};
  state.log.push_back(
      {.step = 5, .epoch = 1.0 / 3, .loss = 0.7, .gradient_norm = 1e-300, .learning_rate = 5e-5});
  state.evaluations.push_back({.step = 5,
                               .epoch = 1.0 / 3,
                               .threshold = 0.25,
                               .metrics = {{"loss", 2.0 / 3, {}}, {"roc_auc", {}, {}}},
                               .warnings = {"all answers are one class"}});
  state.best = 0;
  state.loss_scale = {.scale = 32768, .good_steps = 5, .skipped = 1};
  state.zeroed = {.zeroed = 3, .of = 4};
  const auto read = parse_training_state(training_state_json(state), "state.json").value();
  EXPECT_EQ(read.step, 7);
  EXPECT_EQ(read.loss_sum, 0.1 + 0.2);
  EXPECT_EQ(read.log.front().gradient_norm, 1e-300);
  EXPECT_EQ(read.evaluations.front().metrics.front().value, 2.0 / 3);
  EXPECT_FALSE(read.evaluations.front().metrics.back().value);
  EXPECT_EQ(read.loss_scale.scale, 32768);
  EXPECT_EQ(read.loss_scale.skipped, 1);
  EXPECT_EQ(zeroed_share(read), 0.75);
  EXPECT_EQ(training_state_json(read), training_state_json(state));
}

TEST(TrainingState, a_damaged_file_is_named) {
  const auto error_of = [](std::string_view json) {
    return parse_training_state(json, "out/checkpoint-3/state.json").error().message;
  };
  EXPECT_THAT(error_of("{\"step\": 3"), HasSubstr("out/checkpoint-3/state.json: "));
  EXPECT_THAT(error_of("{}"), HasSubstr("no state of a training run"));
  EXPECT_THAT(error_of(R"({"step": 1, "loss_sum": 0, "loss_count": 0, "log": [],
                           "evaluations": [], "best": 0})"),
              HasSubstr("none of those listed"));
}

}  // namespace
}  // namespace turngreen::train
