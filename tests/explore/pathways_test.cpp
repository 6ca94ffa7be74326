#include "turngreen/explore/pathways.h"

#include <gmock/gmock.h>

#include "toy_study.h"

namespace turngreen::explore {
namespace {

using testing::HasSubstr;

RepeatMean mean_of(double value, double half_width) {
  return {value, 3, units::Bounded<double>{value, value - half_width, value + half_width}};
}

ConfigurationSummary summary(std::vector<knobs::Level> levels, double joules, double serving,
                             double score) {
  ConfigurationSummary made;
  made.is_baseline = levels == std::vector<knobs::Level>(levels.size(), 0);
  made.configuration.levels = std::move(levels);
  made.name = made.is_baseline ? "baseline" : "other";
  made.full_runs = 3;
  made.energy = mean_of(joules, 1);
  made.seconds = mean_of(joules, 1);
  made.quality = mean_of(score, 0.002);
  StageSummary stage;
  stage.name = "evaluate";
  stage.seconds = mean_of(serving, 0.1);
  made.stages = {stage};
  return made;
}

class Pathways : public testing::Test {
 protected:
  Pathway route(Route wanted) const {
    for (auto& each : pathways_of(study, configurations, explanation)) {
      if (each.route == wanted) return each;
    }
    ADD_FAILURE() << "no such route";
    return {};
  }

  study::StudyFile study = study_of(switches(3));
  std::vector<ConfigurationSummary> configurations{
      summary({0, 0, 0}, 100, 10, 0.900), summary({1, 0, 0}, 60, 9, 0.899),
      summary({0, 1, 0}, 40, 8, 0.893), summary({0, 0, 1}, 90, 2, 0.895),
      summary({1, 1, 1}, 10, 1, 0.700)};
  Explanation explanation;
};

TEST_F(Pathways, accuracy_first_keeps_to_what_is_as_good_as_the_baseline) {
  EXPECT_EQ(route(Route::accuracy_first).configuration, 1U);
}

TEST_F(Pathways, maximum_efficiency_is_what_the_study_recommends) {
  EXPECT_EQ(route(Route::maximum_efficiency).configuration, 0U);
  configurations[2].status = Status::recommended;
  EXPECT_EQ(route(Route::maximum_efficiency).configuration, 2U);
}

TEST_F(Pathways, latency_first_goes_by_the_stage_that_serves_within_the_budget) {
  const auto found = route(Route::latency_first);
  EXPECT_EQ(found.configuration, 3U);
  EXPECT_THAT(found.reason, HasSubstr("fastest inference"));
  EXPECT_THAT(found.reason, HasSubstr("-80.0 % time"));
}

TEST_F(Pathways, no_route_leads_to_what_is_degenerate) {
  configurations[1].status = Status::degenerate;
  configurations[3].status = Status::degenerate;
  EXPECT_EQ(route(Route::accuracy_first).configuration, 0U);
  EXPECT_EQ(route(Route::latency_first).configuration, 2U);
}

TEST_F(Pathways, knobs_are_stacked_most_saving_first_given_those_before) {
  configurations[4].status = Status::recommended;
  const auto factor = [](double value) { return units::Bounded<double>::exactly(value); };
  explanation.knobs = {{0, 1, factor(0.5), factor(-0.01), true},
                       {1, 1, factor(0.6), factor(-0.02), true},
                       {2, 1, factor(0.7), factor(-0.03), true}};
  // Beside the first knob the second saves nothing, and the third still does.
  explanation.pairs = {{0, 1, 1, 1, factor(1 / 0.6), Verdict::antagonism}};
  const auto found = route(Route::maximum_efficiency);
  ASSERT_EQ(found.steps.size(), 3U);
  EXPECT_EQ(found.steps[0].knob, 0U);
  EXPECT_EQ(found.steps[1].knob, 2U);
  EXPECT_NEAR(found.steps[1].cumulative, 0.35, 1e-12);
  EXPECT_NEAR(found.steps[2].factor, 1, 1e-12);
  EXPECT_NEAR(*found.steps[2].quality_change, -0.06, 1e-12);
}

}  // namespace
}  // namespace turngreen::explore
