#include "explore/quality_model.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

#include "toy_study.h"

namespace turngreen::explore {
namespace {

using knobs::Configuration;
using knobs::Level;
using study::Trial;

constexpr std::array kFull{1.0};
constexpr std::array kTenth{0.1, 1.0};
const Configuration kNone{{0, 0}};
const Configuration kA{{1, 0}};
const Configuration kB{{0, 1}};

Trial scored(std::vector<Level> levels, double score, double fidelity = 1) {
  return trial_of(std::move(levels), completed({{"train", 10}}, score), fidelity);
}

std::vector<Trial> repeated(std::size_t times, const std::vector<Trial>& trials) {
  std::vector<Trial> all;
  for (std::size_t i = 0; i < times; ++i) all.insert(all.end(), trials.begin(), trials.end());
  return all;
}

QualityModel model_of(const study::StudyFile& study, const std::vector<Trial>& trials,
                      std::span<const double> fidelities = kFull) {
  return {study.space, fidelities, observed_runs(study, fidelities, trials), study.quality};
}

study::StudyFile toy() { return study_of(switches(2)); }

TEST(QualityModel, the_baseline_is_within_the_budget_for_certain) {
  const auto model = model_of(toy(), {scored({0, 0}, 0.9), scored({1, 0}, 0.8)});
  EXPECT_NEAR(model.probability_within_budget(kNone), 1, 1e-9);
  EXPECT_NEAR(model.drop(kNone)->value, 0, 1e-9);
}

TEST(QualityModel, repeats_make_what_is_within_the_budget_more_probable) {
  const std::vector<Trial> once{scored({0, 0}, 0.9), scored({1, 0}, 0.897)};
  const double first = model_of(toy(), once).probability_within_budget(kA);
  const double third = model_of(toy(), repeated(3, once)).probability_within_budget(kA);
  EXPECT_GT(first, 0.5);
  EXPECT_GT(third, first);
  EXPECT_GT(third, 0.98);
}

TEST(QualityModel, repeats_make_what_is_beyond_the_budget_less_probable) {
  const std::vector<Trial> once{scored({0, 0}, 0.9), scored({1, 0}, 0.88)};
  const double first = model_of(toy(), once).probability_within_budget(kA);
  const double third = model_of(toy(), repeated(3, once)).probability_within_budget(kA);
  EXPECT_LT(first, 0.5);
  EXPECT_LT(third, first);
}

TEST(QualityModel, where_lower_is_better_a_rise_is_the_drop) {
  auto study = toy();
  study.quality.higher_is_better = false;
  const auto model = model_of(
      study, repeated(3, {scored({0, 0}, 0.5), scored({1, 0}, 0.56), scored({0, 1}, 0.45)}));
  EXPECT_LT(model.probability_within_budget(kA), 0.05);
  EXPECT_GT(model.probability_within_budget(kB), 0.95);
  EXPECT_GT(model.drop(kA)->value, 0.03);
  EXPECT_GT(model.quality(kA)->value, 0.53);
  EXPECT_LT(model.quality(kB)->value, 0.48);
}

TEST(QualityModel, a_floor_binds_without_a_drop) {
  auto study = toy();
  study.quality.max_drop.reset();
  study.quality.min = 0.85;
  const auto model = model_of(
      study, repeated(3, {scored({0, 0}, 0.9), scored({1, 0}, 0.8), scored({0, 1}, 0.88)}));
  EXPECT_LT(model.probability_within_budget(kA), 0.05);
  EXPECT_GT(model.probability_within_budget(kB), 0.9);
}

TEST(QualityModel, a_floor_above_what_the_drop_allows_binds) {
  auto study = toy();
  const auto trials = repeated(3, {scored({0, 0}, 0.9), scored({1, 0}, 0.895)});
  EXPECT_GT(model_of(study, trials).probability_within_budget(kA), 0.9);
  study.quality.min = 0.899;
  EXPECT_LT(model_of(study, trials).probability_within_budget(kA), 0.2);
}

TEST(QualityModel, a_relative_drop_is_a_share_of_the_baselines) {
  auto study = toy();
  study.quality.max_drop.reset();
  study.quality.max_drop_relative = 0.1;
  const auto model =
      model_of(study, repeated(3, {scored({0, 0}, 50), scored({1, 0}, 48), scored({0, 1}, 40)}));
  EXPECT_GT(model.probability_within_budget(kA), 0.95);
  EXPECT_LT(model.probability_within_budget(kB), 0.05);
}

TEST(QualityModel, intervals_hold_what_was_seen) {
  const auto model = model_of(toy(), repeated(3, {scored({0, 0}, 0.9), scored({1, 0}, 0.896)}));
  const auto quality = model.quality(kA).value();
  EXPECT_TRUE(quality.contains(0.896)) << quality.low << " .. " << quality.high;
  const auto drop = model.drop(kA).value();
  EXPECT_TRUE(drop.contains(0.004)) << drop.low << " .. " << drop.high;
  EXPECT_LE(drop.low, drop.value);
}

TEST(QualityModel, without_a_baseline_nothing_is_known) {
  const auto model = model_of(toy(), {scored({1, 0}, 0.9)});
  EXPECT_EQ(model.quality(kA), std::nullopt);
  EXPECT_EQ(model.drop(kA), std::nullopt);
}

TEST(QualityModel, a_rejected_run_is_no_quality_however_good_its_metric) {
  auto degenerate = scored({1, 0}, 0.95);
  degenerate.provenance.emplace_back("rejected", "always answers class 0");
  EXPECT_LT(model_of(toy(), {scored({0, 0}, 0.9), degenerate}).probability_within_budget(kA), 0.05);
}

TEST(QualityModel, partial_runs_are_compared_with_the_baseline_at_their_fidelity) {
  const auto model = model_of(
      toy(),
      repeated(3, {scored({0, 0}, 0.7, 0.1), scored({1, 0}, 0.7, 0.1), scored({0, 1}, 0.6, 0.1)}),
      kTenth);
  EXPECT_GT(model.probability_within_budget(kA), 0.8);
  EXPECT_LT(model.probability_within_budget(kB), 0.1);
}

TEST(QualityModel, a_full_run_tells_more_than_a_partial_one) {
  const auto trials = [](double fidelity) {
    return std::vector<Trial>{scored({0, 0}, 0.9, fidelity), scored({1, 0}, 0.9, fidelity)};
  };
  EXPECT_GT(model_of(toy(), trials(1), kTenth).probability_within_budget(kA),
            model_of(toy(), trials(0.1), kTenth).probability_within_budget(kA));
}

TEST(QualityModel, being_clearly_within_is_less_probable_than_being_within) {
  const auto model = model_of(toy(), {scored({0, 0}, 0.9), scored({1, 0}, 0.897)});
  const std::vector configurations{kA, kB};
  for (const auto& chance : model.chances(configurations, 0, 0.98)) {
    EXPECT_LT(chance.clearly, chance.within);
  }
}

TEST(QualityModel, doubt_is_over_once_it_is_certain) {
  const std::vector<Trial> once{scored({0, 0}, 0.9), scored({1, 0}, 0.897)};
  const auto early = model_of(toy(), once).doubt(kA, kNone, 0, 0.98);
  EXPECT_FALSE(early.hopeless);
  EXPECT_GT(early.excess, 0);
  EXPECT_GT(early.own_run, 0);
  EXPECT_GT(early.baseline_run, 0);
  EXPECT_EQ(model_of(toy(), repeated(6, once)).doubt(kA, kNone, 0, 0.98).excess, 0);
}

TEST(QualityModel, doubt_is_hopeless_where_the_mean_is_beyond_the_budget) {
  const auto model = model_of(toy(), {scored({0, 0}, 0.9), scored({1, 0}, 0.8)});
  EXPECT_TRUE(model.doubt(kA, kNone, 0, 0.98).hopeless);
}

TEST(QualityModel, clearly_beyond_is_twice_what_may_be_lost_where_runs_scatter_little) {
  const auto study = toy();
  const auto model = model_of(study, repeated(4, {scored({0, 0}, 0.9), scored({1, 0}, 0.895)}));
  EXPECT_NEAR(model.clearly_beyond(0).value(), 0.88, 1e-9);
}

TEST(QualityModel, clearly_beyond_is_above_where_lower_is_better) {
  auto study = toy();
  study.quality.higher_is_better = false;
  const auto model = model_of(study, repeated(4, {scored({0, 0}, 0.1), scored({1, 0}, 0.105)}));
  EXPECT_NEAR(model.clearly_beyond(0).value(), 0.12, 1e-9);
}

TEST(QualityModel, what_is_clearly_beyond_is_known_at_fidelities_that_the_baseline_ran_at) {
  const auto study = toy();
  const auto model = model_of(study, {scored({0, 0}, 0.8, 0.1), scored({1, 0}, 0.8, 0.1)}, kTenth);
  EXPECT_LT(model.clearly_beyond(1).value(), 0.78 + 1e-9);
  EXPECT_FALSE(model.clearly_beyond(0));
}

TEST(QualityModel, a_run_scatters_more_than_its_mean) {
  const auto study = toy();
  const auto trials = repeated(8, {scored({0, 0}, 0.9), scored({1, 0}, 0.895)});
  const auto model = model_of(study, trials);
  const auto mean = model.quality(kA).value();
  const auto run = model.foretold_run(kA).value();
  EXPECT_LT(run.low, mean.low);
  EXPECT_GT(run.high, mean.high);
  EXPECT_FALSE(model_of(study, {}).foretold_run(kA));
}

TEST(QualityModel, what_a_stopped_run_would_have_come_to_counts_as_its_quality) {
  const auto study = toy();
  auto stopped = scored({1, 0}, 0.9);
  stopped.outcome->ending = pipeline::Ending::stopped;
  const auto without = model_of(study, {scored({0, 0}, 0.9), stopped});
  stopped.provenance = {{"foretold_quality", "0.7"}};
  const auto with = model_of(study, {scored({0, 0}, 0.9), stopped});
  EXPECT_LT(with.probability_within_budget(kA), without.probability_within_budget(kA) - 0.2);
}

}  // namespace
}  // namespace turngreen::explore
