#include "turngreen/explore/look_alikes.h"

#include <gmock/gmock.h>

#include "explore/toy_study.h"
#include "explore/tuning_ai_green.h"

namespace turngreen::explore {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

/// Two runs of each configuration, 0.1 % apart.
class LookAlikesTest : public testing::Test {
 protected:
  void add(const std::vector<knobs::Level>& levels, double train, double evaluate) {
    for (const double factor : {0.9995, 1.0005}) {
      trials.push_back(trial_of(
          levels, completed({{"train", factor * train}, {"evaluate", factor * evaluate}}, 0.9)));
    }
  }
  std::vector<ConfigurationSummary> summaries() const {
    return summarise_configurations(study_of(switches(3)), trials);
  }
  std::vector<std::pair<std::size_t, std::size_t>> pairs() const {
    std::vector<std::pair<std::size_t, std::size_t>> found;
    for (const auto& pair : find_look_alikes(summaries())) {
      found.emplace_back(pair.first, pair.second);
    }
    return found;
  }

  std::vector<study::Trial> trials;
};

TEST_F(LookAlikesTest, two_that_save_the_same_in_every_stage_are_a_pair) {
  add({0, 0, 0}, 1000, 100);
  add({1, 0, 0}, 700, 90);
  add({1, 1, 0}, 702, 90.2);
  const auto found = find_look_alikes(summaries());
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].first, 1u);
  EXPECT_EQ(found[0].second, 2u);
  EXPECT_NEAR(found[0].largest_difference, 2.0 / 700, 1e-4);
  EXPECT_NEAR(found[0].change, 790.0 / 1100 - 1, 1e-9);
}

TEST_F(LookAlikesTest, another_share_of_the_stages_tells_them_apart) {
  add({0, 0, 0}, 1000, 100);
  add({1, 0, 0}, 700, 90);
  add({0, 1, 0}, 710, 80);
  EXPECT_THAT(pairs(), IsEmpty());
}

TEST_F(LookAlikesTest, repeats_that_scatter_cannot_show_that_two_are_the_same) {
  add({0, 0, 0}, 1000, 100);
  for (const double factor : {0.95, 1.05}) {
    add({1, 0, 0}, 700 * factor, 90);
    add({0, 1, 0}, 700 * factor, 90);
  }
  EXPECT_THAT(pairs(), IsEmpty());
}

TEST_F(LookAlikesTest, near_the_baseline_they_are_no_pair_but_without_effect) {
  add({0, 0, 0}, 1000, 100);
  add({1, 0, 0}, 1001, 100);
  add({0, 1, 0}, 999, 100);
  EXPECT_THAT(pairs(), IsEmpty());
  EXPECT_THAT(find_without_effect(summaries()), ElementsAre(1u, 2u));
}

TEST_F(LookAlikesTest, one_run_tells_nothing) {
  add({0, 0, 0}, 1000, 100);
  add({1, 0, 0}, 700, 90);
  add({0, 1, 0}, 700, 90);
  trials.pop_back();
  EXPECT_THAT(pairs(), IsEmpty());
}

TEST_F(LookAlikesTest, without_a_baseline_there_is_nothing_to_say) {
  add({1, 0, 0}, 700, 90);
  add({0, 1, 0}, 700, 90);
  EXPECT_THAT(pairs(), IsEmpty());
  EXPECT_THAT(find_without_effect(summaries()), IsEmpty());
  EXPECT_THAT(find_look_alikes({}), IsEmpty());
}

TEST_F(LookAlikesTest, of_many_that_are_alike_there_are_no_more_pairs_than_configurations) {
  add({0, 0, 0}, 1000, 100);
  for (knobs::Level bits = 1; bits < 8; ++bits) {
    add({static_cast<knobs::Level>(bits & 1), static_cast<knobs::Level>(bits >> 1 & 1),
         static_cast<knobs::Level>(bits >> 2)},
        700, 90);
  }
  EXPECT_EQ(pairs().size(), 6u);
}

TEST(LookAlikesOfTheStudy, find_that_v10_is_v7_and_that_v4_shows_nothing) {
  const TuningAiGreen data;
  if (!data.there()) GTEST_SKIP() << data.folder() << " is not there; set TURNGREEN_TEST_DATA";
  const auto summaries = summarise_configurations(data.study(), data.trials());
  std::vector<std::pair<std::string, std::string>> pairs;
  for (const auto& pair : find_look_alikes(summaries)) {
    pairs.emplace_back(data.index(summaries[pair.first].name),
                       data.index(summaries[pair.second].name));
  }
  EXPECT_THAT(pairs, ElementsAre(Pair("v7", "v10"), Pair("v13", "v14"), Pair("v15", "v16"),
                                 Pair("v17", "v18"), Pair("v19", "v20"), Pair("v21", "v22")));
  std::vector<std::string> without;
  for (const auto index : find_without_effect(summaries)) {
    without.push_back(data.index(summaries[index].name));
  }
  EXPECT_THAT(without, ElementsAre("v4"));
}

}  // namespace
}  // namespace turngreen::explore
