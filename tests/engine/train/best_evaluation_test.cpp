#include "train/best_evaluation.h"

#include <gtest/gtest.h>

namespace turngreen::train {
namespace {

Evaluation evaluation(const std::string& name, std::optional<double> value) {
  return {.metrics = {{.name = name, .value = value, .interval = {}}}};
}

/// Adds one, and keeps count as a run does.
void add(TrainingState& state, const std::string& name, std::optional<double> value) {
  state.evaluations.push_back(evaluation(name, value));
  if (last_is_best(state, name)) state.best = state.evaluations.size() - 1;
}

TEST(BestEvaluation, a_loss_is_to_be_small_and_a_score_large) {
  TrainingState losses;
  add(losses, "loss", 0.5);
  add(losses, "loss", 0.4);
  add(losses, "loss", 0.6);
  EXPECT_EQ(losses.best, 1u);
  TrainingState scores;
  add(scores, "f1_macro", 0.5);
  add(scores, "f1_macro", 0.6);
  add(scores, "f1_macro", 0.6);  // not better
  EXPECT_EQ(scores.best, 1u);
  EXPECT_EQ(evaluations_without_better(scores), 1);
}

TEST(BestEvaluation, what_is_not_defined_is_never_best) {
  TrainingState state;
  add(state, "roc_auc", std::nullopt);
  EXPECT_FALSE(state.best);
  EXPECT_EQ(evaluations_without_better(state), 1);
  add(state, "roc_auc", 0.1);
  EXPECT_EQ(state.best, 1u);
}

}  // namespace
}  // namespace turngreen::train
