#include "turngreen/explore/knowledge.h"

#include <gmock/gmock.h>

#include "report/scratch_directory.h"
#include "toy_study.h"

namespace turngreen::explore {
namespace {

constexpr const char* kEarlier = R"(
name: earlier
pipeline: {command: {run: [train, "{a}", "{b}"]}}
knobs:
  a: {values: ["off", "on"], phase: training}
  b: {values: ["off", "on"], phase: training}
quality: {metric: score, max_drop: 0.01}
)";

class KnowledgeTest : public testing::Test {
 protected:
  /// A study in which a=on halved the energy, in eight pairs of runs.
  void run_earlier() {
    const auto earlier = study::parse_study_file(kEarlier, "/studies/earlier.yaml").value();
    const auto id =
        store_.open_study("earlier", earlier.space, 1, kEarlier, "/studies/earlier.yaml")
            .value()
            .id;
    for (std::uint64_t run = 0; run < 8; ++run) {
      for (const knobs::Level level : {knobs::Level{0}, knobs::Level{1}}) {
        auto trial = trial_of({level, 0}, completed({{"train", level == 0 ? 100 : 50}}, 0.9));
        trial.assignment.seed = run;
        trial.finished_unix_ns = 1;
        ASSERT_TRUE(store_.import(id, trial));
      }
    }
  }
  std::int64_t begin(const study::StudyFile& study) {
    return store_.open_study(study.name, study.space, 1, "", study.file).value().id;
  }

  report::ScratchDirectory scratch_;
  study::Store store_ = study::Store::open(scratch_ / "turngreen.db").value();
};

TEST_F(KnowledgeTest, an_earlier_studys_factor_is_expected_of_the_same_knob_and_value) {
  run_earlier();
  auto study = study_of(switches(3));
  const auto learnt = learn_from_earlier_studies(study, store_, begin(study));
  ASSERT_TRUE(learnt) << learnt.error().message;
  EXPECT_EQ(learnt->size(), 1U);
  const auto knobs = study.space.knobs();
  ASSERT_EQ(knobs[0].expected.size(), 2U);
  EXPECT_NEAR(knobs[0].expected[1].value().energy_factor, 0.5, 0.05);
  EXPECT_TRUE(knobs[1].expected.empty());  // b=on was never tried
  EXPECT_TRUE(knobs[2].expected.empty());
}

TEST_F(KnowledgeTest, what_the_study_file_expects_stands) {
  run_earlier();
  auto knob_a = knob("a", {"off", "on"});
  knob_a.expected = {std::nullopt, knobs::Expectation{0.9, 0.1}};
  auto study = study_of(space_of({knob_a}));
  ASSERT_TRUE(learn_from_earlier_studies(study, store_, begin(study)));
  EXPECT_EQ(study.space.knobs()[0].expected[1].value().energy_factor, 0.9);
}

TEST_F(KnowledgeTest, a_knob_that_is_off_at_another_value_is_another_knob) {
  run_earlier();
  auto turned = knob("a", {"off", "on"});
  turned.off = 1;
  auto study = study_of(space_of({turned}));
  const auto learnt = learn_from_earlier_studies(study, store_, begin(study));
  EXPECT_TRUE(learnt.value().empty());
}

TEST_F(KnowledgeTest, studies_begun_later_do_not_count) {
  auto study = study_of(switches(2));
  const auto id = begin(study);
  run_earlier();
  EXPECT_TRUE(learn_from_earlier_studies(study, store_, id).value().empty());
}

}  // namespace
}  // namespace turngreen::explore
