#include "turngreen/explore/trial_notes.h"

#include <gmock/gmock.h>

#include "toy_study.h"

namespace turngreen::explore {
namespace {

using testing::HasSubstr;

const auto kRan = completed({{"train", 10}}, 0.9);

Recommendation recommendation_of(std::vector<knobs::Level> levels) {
  Recommendation made;
  made.configuration.levels = std::move(levels);
  made.better_than_baseline = true;
  return made;
}

TEST(TrialNotes, a_sound_run_has_no_rejection) {
  auto trial = trial_of({1, 0}, kRan);
  note_rejection(trial, study_of(switches(2)), {});
  EXPECT_EQ(rejection_note(trial), std::nullopt);
}

TEST(TrialNotes, a_majority_predictor_is_rejected_with_the_numbers) {
  auto study = study_of(switches(2));
  study.quality.metric = "accuracy";
  study.quality.class_counts = {90, 10};
  auto trial = trial_of({1, 0}, kRan);
  trial.outcome->metrics = {{"accuracy", 0.9}};
  note_rejection(trial, study, {});
  EXPECT_THAT(rejection_note(trial).value_or(""), HasSubstr("90 of 100 rows"));
}

TEST(TrialNotes, a_knob_that_did_not_take_effect_is_rejected) {
  auto trial = trial_of({1, 0}, kRan);
  trial.outcome->effective = {{"a", std::string("off")}};
  note_rejection(trial, study_of(switches(2)), {});
  EXPECT_THAT(rejection_note(trial).value_or(""), HasSubstr("asked a=on"));
}

TEST(TrialNotes, a_knob_that_moved_something_else_against_the_baseline_is_rejected) {
  auto baseline = trial_of({0, 0}, kRan);
  baseline.outcome->effective = {{"attention", std::string("eager")}};
  auto trial = trial_of({1, 0}, kRan);
  trial.outcome->effective = {{"a", true}, {"attention", std::string("sdpa")}};
  note_rejection(trial, study_of(switches(2)), {baseline});
  EXPECT_THAT(rejection_note(trial).value_or(""), HasSubstr("attention from eager to sdpa"));
}

TEST(TrialNotes, a_run_that_failed_is_not_judged) {
  auto trial = trial_of({1, 0}, failed("exit status 1"));
  trial.outcome->effective = {{"a", std::string("off")}};
  note_rejection(trial, study_of(switches(2)), {});
  EXPECT_EQ(rejection_note(trial), std::nullopt);
}

TEST(TrialNotes, a_recommendation_is_read_back) {
  auto trial = trial_of({1, 0}, kRan);
  note_recommendation(trial, recommendation_of({0, 1}));
  EXPECT_EQ(recommendation_note(trial, switches(2)), (knobs::Configuration{{0, 1}}));
}

TEST(TrialNotes, the_baseline_is_no_recommendation) {
  auto trial = trial_of({1, 0}, kRan);
  note_recommendation(trial, Recommendation{});
  EXPECT_EQ(recommendation_note(trial, switches(2)), std::nullopt);
}

TEST(TrialNotes, a_note_that_does_not_fit_the_space_is_not_believed) {
  for (const char* text : {"", "0", "0,7", "x,1", "0,1,1", "-1,0"}) {
    auto trial = trial_of({1, 0}, kRan);
    trial.provenance.emplace_back("recommended_after", text);
    EXPECT_EQ(recommendation_note(trial, switches(2)), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace turngreen::explore
