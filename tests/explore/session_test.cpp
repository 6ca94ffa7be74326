#include "turngreen/explore/session.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <atomic>

#include "report/scratch_directory.h"
#include "toy_pipeline.h"
#include "turngreen/explore/hopeless_quality.h"
#include "turngreen/explore/trial_notes.h"

namespace turngreen::explore {
namespace {

using testing::HasSubstr;

class SessionTest : public testing::Test {
 protected:
  SessionTest() : study_(study_of(switches(4))) { study_.budget.trials = 20; }

  std::int64_t id() {
    return store_.open_study(study_.name, study_.space, 1, "name: toy\n", study_.file).value().id;
  }
  SessionEnd run(ToyPipeline& pipeline, SessionEvents events = {}) {
    const Tuner tuner(study_, pipeline, 1);
    SessionOptions options;
    options.trials_directory = scratch_ / "trials";
    options.stop = &stop_;
    options.events = std::move(events);
    return run_session(study_, store_, id(), tuner, pipeline, options).value();
  }
  std::vector<study::Assignment> assignments() {
    std::vector<study::Assignment> found;
    for (const auto& trial : trials()) found.push_back(trial.assignment);
    return found;
  }
  std::vector<study::Trial> trials() { return store_.trials(id()).value(); }

  report::ScratchDirectory scratch_;
  study::StudyFile study_;
  study::Store store_ = study::Store::open(scratch_ / "turngreen.db").value();
  std::atomic<bool> stop_ = false;
};

TEST_F(SessionTest, runs_until_the_tuner_asks_for_nothing_more) {
  ToyPipeline pipeline(toy_truth, {1.0});
  std::size_t started = 0;
  std::optional<Recommendation> last;
  SessionEvents events;
  events.started = [&](const auto&, const std::string& reason) {
    ++started;
    EXPECT_FALSE(reason.empty());
  };
  events.finished = [&](const auto&, const Recommendation& advice) { last = advice; };
  const SessionEnd end = run(pipeline, events);
  EXPECT_FALSE(end.interrupted);
  EXPECT_FALSE(end.reason.empty());
  EXPECT_EQ(trials().size(), pipeline.runs);
  EXPECT_EQ(started, pipeline.runs);
  EXPECT_EQ(last.value().configuration, (knobs::Configuration{{1, 1, 0, 0}}));
  EXPECT_EQ(recommendation_note(trials().back(), study_.space), last->configuration);
}

TEST_F(SessionTest, an_interrupted_trial_is_given_back) {
  ToyPipeline pipeline(toy_truth, {1.0});
  pipeline.during_run = [&] { stop_ = pipeline.runs == 3; };
  const SessionEnd end = run(pipeline);
  EXPECT_TRUE(end.interrupted);
  EXPECT_EQ(pipeline.runs, 3);
  const auto kept = trials();
  EXPECT_EQ(kept.size(), 2);
  for (const auto& trial : kept) EXPECT_TRUE(trial.outcome.has_value());
}

TEST_F(SessionTest, goes_on_as_if_it_had_not_been_interrupted) {
  ToyPipeline interrupted(toy_truth, {1.0});
  interrupted.during_run = [&] { stop_ = interrupted.runs == 3; };
  run(interrupted);
  stop_ = false;
  ToyPipeline rest(toy_truth, {1.0});
  run(rest);
  const auto resumed = assignments();
  EXPECT_EQ(resumed.size(), 2 + rest.runs);

  ASSERT_TRUE(store_.delete_study(study_.name).has_value());
  ToyPipeline whole(toy_truth, {1.0});
  run(whole);
  EXPECT_EQ(assignments(), resumed);
}

TEST_F(SessionTest, a_study_at_its_end_runs_nothing_more) {
  ToyPipeline pipeline(toy_truth, {1.0});
  const auto first = run(pipeline);
  const auto before = pipeline.runs;
  EXPECT_EQ(run(pipeline).reason, first.reason);
  EXPECT_EQ(pipeline.runs, before);
}

TEST_F(SessionTest, only_the_last_two_runs_are_on_the_test_rows) {
  ToyPipeline pipeline(toy_truth, {1.0});
  pipeline.test_rows = true;
  run(pipeline);
  const auto kept = trials();
  ASSERT_EQ(kept.size(), pipeline.rows.size());
  for (std::size_t i = 0; i < kept.size(); ++i) {
    const bool last = i + 2 >= kept.size();
    EXPECT_EQ(pipeline.rows[i] == pipeline::Rows::test, last);
    EXPECT_EQ(kept[i].assignment.purpose == study::Purpose::test, last);
  }
}

TEST_F(SessionTest, an_interrupted_run_on_the_test_rows_is_made_again) {
  ToyPipeline pipeline(toy_truth, {1.0});
  pipeline.test_rows = true;
  pipeline.during_run = [&] { stop_ = pipeline.rows.back() == pipeline::Rows::test; };
  EXPECT_TRUE(run(pipeline).interrupted);
  stop_ = false;
  ToyPipeline rest(toy_truth, {1.0});
  rest.test_rows = true;
  EXPECT_FALSE(run(rest).interrupted);
  EXPECT_EQ(rest.rows, (std::vector(2, pipeline::Rows::test)));
}

TEST_F(SessionTest, keeps_a_failed_trial_with_its_reason_and_goes_on) {
  ToyPipeline pipeline(
      [](const knobs::Configuration& configuration, double fidelity) {
        return configuration.levels[0] ? failed("out of memory")
                                       : toy_truth(configuration, fidelity);
      },
      {1.0});
  EXPECT_FALSE(run(pipeline).interrupted);
  const auto kept = trials();
  const auto found = std::ranges::find_if(
      kept, [](const auto& trial) { return trial.outcome->ending == pipeline::Ending::failed; });
  ASSERT_NE(found, kept.end());
  EXPECT_EQ(found->outcome->reason, "out of memory");
  EXPECT_NE(found, kept.end() - 1);
}

TEST_F(SessionTest, notes_what_the_proof_of_effect_found) {
  ToyPipeline pipeline(
      [](const knobs::Configuration& configuration, double fidelity) {
        auto outcome = toy_truth(configuration, fidelity);
        outcome.effective = {{"a", false}};
        return outcome;
      },
      {1.0});
  run(pipeline);
  bool noted = false;
  for (const auto& trial : trials()) {
    EXPECT_EQ(rejection_note(trial).has_value(), trial.assignment.configuration.levels[0] == 1);
    noted = noted || rejection_note(trial);
  }
  EXPECT_TRUE(noted);
}

TEST_F(SessionTest, stops_a_run_that_is_hopeless) {
  ToyPipeline pipeline(
      [](const knobs::Configuration& configuration, double fidelity) {
        return configuration.levels[1] ? completed({{"train", 10'000}}, 0.9)
                                       : toy_truth(configuration, fidelity);
      },
      {1.0});
  run(pipeline);
  std::size_t hopeless = 0;
  for (const auto& trial : trials()) {
    if (trial.assignment.configuration.levels[1] == 0) continue;
    ++hopeless;
    EXPECT_EQ(trial.outcome->ending, pipeline::Ending::stopped);
    EXPECT_THAT(trial.outcome->reason, HasSubstr("hopeless"));
  }
  EXPECT_GT(hopeless, 0);
}

/// Comes to `end`, told until nine tenths of the work.
ToyPipeline::Curve curve_to(double end) {
  ToyPipeline::Curve points;
  for (int step = 1; step <= 18; ++step) {
    points.push_back({"score", end + 0.05 - 0.05 / (0.05 * step), 0.05 * step});
  }
  return points;
}

TEST_F(SessionTest, stops_a_trial_whose_learning_curve_is_hopeless_and_learns_from_it) {
  ToyPipeline pipeline(toy_truth, {1.0});
  pipeline.curve_of = [](const knobs::Configuration& configuration) {
    return curve_to(configuration.levels[2] ? 0.5 : 0.9);
  };
  run(pipeline);
  std::size_t hopeless = 0;
  for (const auto& trial : trials()) {
    if (!foretold_quality_note(trial)) continue;
    ++hopeless;
    EXPECT_EQ(trial.assignment.configuration.levels[2], 1);
    EXPECT_EQ(trial.outcome->ending, pipeline::Ending::stopped);
    EXPECT_THAT(trial.outcome->reason, HasSubstr("clearly beyond the quality budget"));
    EXPECT_NEAR(*foretold_quality_note(trial), 0.5, 0.05);
  }
  EXPECT_GT(hopeless, 0);
}

TEST_F(SessionTest, curves_that_do_not_tell_what_runs_come_to_stop_nothing) {
  ToyPipeline pipeline(toy_truth, {1.0});
  pipeline.curve_of = [](const knobs::Configuration&) { return curve_to(0.5); };
  run(pipeline);
  for (const auto& trial : trials()) EXPECT_FALSE(foretold_quality_note(trial));
}

}  // namespace
}  // namespace turngreen::explore
