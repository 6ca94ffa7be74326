#include "train/table_adamw.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/_unique.h>
#include <ATen/ops/equal.h>
#include <ATen/ops/randint.h>
#include <ATen/ops/randn.h>
#include <ATen/ops/sparse_coo_tensor.h>
#include <ATen/ops/zeros_like.h>
#include <gtest/gtest.h>

#include <cmath>

#include "engine/train/trained_parameter.h"
#include "train/dense_adamw.h"
#include "train/rate_schedule.h"

namespace turngreen::train {
namespace {

constexpr std::int64_t kRows = 400;
constexpr std::int64_t kFeatures = 37;
constexpr std::int64_t kSteps = 600;  // so that some rows are missed for longer than terms last

/// Warmup, then a falling rate, a gradient scale that changes: all that a missed step depends on.
StepSize size_of(std::int64_t step) {
  const RateSchedule schedule{
      .shape = Schedule::linear, .peak = 1e-2, .warmup = 30, .steps = kSteps};
  return {.learning_rate = schedule.rate_at(step),
          .gradient_scale = 1.0 / static_cast<double>(1 + step % 3)};
}

struct ReadRows {
  at::Tensor rows;    ///< int64 [n]
  at::Tensor values;  ///< their gradients [n, features]
};

/// Low rows are read often, high ones seldom or never.
ReadRows drawn(std::int64_t step) {
  at::manual_seed(static_cast<std::uint64_t>(step) + 1);
  const at::Tensor rows = at::randint(0, kRows / 2, {6}, at::kLong);
  if (step % 250 == 5) rows[0] = kRows - 2;
  const at::Tensor unique = std::get<0>(at::_unique(rows));
  return {unique, at::randn({unique.size(0), kFeatures})};
}

void take(TableAdamW& adamw, const model::Parameter& table, std::int64_t step) {
  const ReadRows read = drawn(step);
  adamw.catch_up(read.rows);
  at::Tensor tensor = table.tensor;
  tensor.mutable_grad() =
      at::sparse_coo_tensor(read.rows.unsqueeze(0), read.values, tensor.sizes());
  adamw.step(size_of(step));
}

class TableAdamWTest : public testing::TestWithParam<AdamWOptions> {};

TEST_P(TableAdamWTest, equals_the_update_of_all_rows_at_every_step) {
  const model::Parameter table = trained_table("table", {kRows, kFeatures}, 1);
  const model::Parameter oracle = trained_table("table", {kRows, kFeatures}, 1);
  TableAdamW adamw(table, GetParam());
  DenseAdamW dense(std::span<const model::Parameter>(&oracle, 1), GetParam());
  const at::Tensor before = table.tensor.detach().clone();
  for (std::int64_t step = 0; step < kSteps; ++step) {
    take(adamw, table, step);
    const ReadRows read = drawn(step);
    at::Tensor tensor = oracle.tensor;
    tensor.mutable_grad() = at::zeros_like(tensor.detach()).index_copy(0, read.rows, read.values);
    dense.step(size_of(step), {});
    // Rows are up to date when they are read.
    adamw.catch_up(drawn(step + 1).rows);
    const at::Tensor apart = (table.tensor.detach() - oracle.tensor.detach()).abs();
    ASSERT_LT(apart.index_select(0, drawn(step + 1).rows).max().item<float>(), 2e-6) << step;
  }
  adamw.catch_up();
  const at::Tensor apart = (table.tensor.detach() - oracle.tensor.detach()).abs();
  EXPECT_LT(apart.max().item<float>(), 3e-6);
  EXPECT_GT((table.tensor.detach() - before).abs().max().item<float>(), 0.1);
}

TEST_P(TableAdamWTest, comes_to_the_same_bits_whenever_rows_are_caught_up) {
  const model::Parameter table = trained_table("table", {kRows, kFeatures}, 2);
  const model::Parameter other = trained_table("table", {kRows, kFeatures}, 2);
  TableAdamW late(table, GetParam());
  TableAdamW often(other, GetParam());
  for (std::int64_t step = 0; step < kSteps; ++step) {
    take(late, table, step);
    take(often, other, step);
    if (step % 7 == 3) often.catch_up();
  }
  late.catch_up();
  often.catch_up();
  EXPECT_TRUE(at::equal(table.tensor.detach(), other.tensor.detach()));
}

TEST_P(TableAdamWTest, goes_on_from_a_state_that_was_copied) {
  const model::Parameter table = trained_table("table", {kRows, kFeatures}, 3);
  const model::Parameter other = trained_table("table", {kRows, kFeatures}, 4);
  TableAdamW whole(table, GetParam());
  for (std::int64_t step = 0; step < kSteps / 2; ++step) take(whole, table, step);
  whole.catch_up();
  TableAdamW resumed(other, GetParam());
  other.tensor.detach().copy_(table.tensor.detach());
  const NamedState from = whole.state();
  const NamedState to = resumed.state();
  for (std::size_t i = 0; i < from.size(); ++i) to[i].second.copy_(from[i].second);
  resumed.resume();
  for (std::int64_t step = kSteps / 2; step < kSteps; ++step) {
    take(whole, table, step);
    take(resumed, other, step);
  }
  whole.catch_up();
  resumed.catch_up();
  EXPECT_TRUE(at::equal(table.tensor.detach(), other.tensor.detach()));
}

INSTANTIATE_TEST_SUITE_P(Options, TableAdamWTest,
                         testing::Values(AdamWOptions{}, AdamWOptions{.weight_decay = 0.1},
                                         AdamWOptions{
                                             .beta1 = 0.95, .beta2 = 0.9, .weight_decay = 0.01},
                                         AdamWOptions{.beta1 = 0, .epsilon = 1e-3}));

TEST(TableAdamW, leaves_rows_that_were_never_read_as_they_are_where_nothing_decays) {
  const model::Parameter table = trained_table("table", {kRows, kFeatures}, 5);
  const at::Tensor last = table.tensor.detach()[kRows - 1].clone();
  TableAdamW adamw(table, {});
  for (std::int64_t step = 0; step < 20; ++step) take(adamw, table, step);
  adamw.catch_up();
  EXPECT_TRUE(at::equal(table.tensor.detach()[kRows - 1], last));
}

TEST(TableAdamW, without_a_gradient_takes_no_step) {
  const model::Parameter table = trained_table("table", {3, 2}, 6);
  TableAdamW adamw(table, {.weight_decay = 0.5});
  const at::Tensor before = table.tensor.detach().clone();
  adamw.step({.learning_rate = 0.1});
  adamw.catch_up();
  EXPECT_TRUE(at::equal(table.tensor.detach(), before));
}

}  // namespace
}  // namespace turngreen::train
