#include "turngreen/explore/study_analysis.h"

#include <gmock/gmock.h>

#include <algorithm>

#include "toy_study.h"
#include "turngreen/pipeline/recorded_pipeline.h"

namespace turngreen::explore {
namespace {

using testing::HasSubstr;

StudyAnalysis look_at(const study::StudyFile& study, std::vector<study::Trial> trials) {
  for (std::size_t i = 0; i < trials.size(); ++i) {
    trials[i].number = static_cast<std::int64_t>(i) + 1;
    trials[i].assignment.seed = i;
  }
  const pipeline::RecordedPipeline pipeline({"toy"});
  return analyse(study, pipeline, 1, std::move(trials));
}

std::vector<study::Trial> repeats(std::vector<knobs::Level> levels, double joules, double score) {
  std::vector<study::Trial> runs;
  for (const double offset : {0.0, 0.001, -0.001}) {
    runs.push_back(trial_of(
        levels, completed({{"train", joules * (1 + offset)}}, score * (1 + 0.1 * offset))));
  }
  return runs;
}

std::vector<study::Trial> joined(std::initializer_list<std::vector<study::Trial>> parts) {
  std::vector<study::Trial> all;
  for (const auto& part : parts) all.insert(all.end(), part.begin(), part.end());
  return all;
}

bool has_note(const StudyAnalysis& analysis, Note::Kind kind, const std::string& part) {
  return std::ranges::any_of(analysis.notes, [&](const Note& note) {
    return note.kind == kind && note.text.find(part) != std::string::npos;
  });
}

TEST(StudyAnalysis, marks_what_it_recommends_among_trials_that_nothing_can_run_again) {
  const auto found = look_at(
      study_of(switches(2)),
      joined({repeats({0, 0}, 100, 0.9), repeats({1, 0}, 60, 0.9), repeats({0, 1}, 90, 0.9)}));
  ASSERT_EQ(found.configurations.size(), 3U);
  EXPECT_EQ(found.configurations[1].status, Status::recommended);
  EXPECT_TRUE(found.recommendation.better_than_baseline);
  EXPECT_NEAR(found.recommendation.saving.value, 0.4, 0.02);
}

TEST(StudyAnalysis, never_recommends_what_only_the_whole_study_shows_to_be_degenerate) {
  auto study = study_of(switches(2));
  study.quality.metric = "f1_weighted";
  study.quality.max_drop = 0.2;
  auto trials = joined({repeats({0, 0}, 100, 0.99), repeats({0, 1}, 90, 0.99)});
  // What always answering the larger class scores with 1026 of 33050 rows in the smaller.
  for (int i = 0; i < 3; ++i) {
    trials.push_back(trial_of({1, 0}, completed({{"train", 10}}, 0.953678919802555)));
    trials.push_back(trial_of({1, 1}, completed({{"train", 9}}, 0.953678919802555)));
  }
  for (auto& trial : trials) trial.outcome->metrics.front().name = "f1_weighted";
  const auto found = look_at(study, trials);
  for (const auto& each : found.configurations) {
    const bool constant = each.configuration.levels[0] == 1;
    EXPECT_EQ(each.status == Status::degenerate, constant) << each.name;
  }
  EXPECT_TRUE(has_note(found, Note::Kind::degenerate, "exactly the weighted F1"));
}

TEST(StudyAnalysis, tells_of_repeats_in_two_groups_and_of_where_the_joules_come_from) {
  auto trials = joined({repeats({0, 0}, 100, 0.9), repeats({1, 0}, 60, 0.9)});
  trials.push_back(trial_of({1, 0}, completed({{"train", 100}}, 0.9)));
  const auto found = look_at(study_of(switches(2)), trials);
  EXPECT_TRUE(has_note(found, Note::Kind::clusters, "two groups"));
  EXPECT_TRUE(has_note(found, Note::Kind::energy, "7 trials have their energy from: toy"));
}

TEST(StudyAnalysis, warns_of_a_knob_that_costs_energy) {
  const auto found = look_at(study_of(switches(2)),
                             joined({repeats({0, 0}, 100, 0.9), repeats({1, 0}, 140, 0.9)}));
  EXPECT_TRUE(has_note(found, Note::Kind::avoid, "a=on takes "));
  EXPECT_FALSE(found.recommendation.better_than_baseline);
}

TEST(StudyAnalysis, looks_at_finished_trials_alone) {
  auto trials = repeats({0, 0}, 100, 0.9);
  trials.push_back(trial_of({1, 0}, {}));
  trials.back().outcome.reset();
  const auto found = look_at(study_of(switches(2)), trials);
  EXPECT_EQ(found.configurations.size(), 1U);
  EXPECT_DOUBLE_EQ(found.ledger.spent.in_joules(), 300);
}

}  // namespace
}  // namespace turngreen::explore
