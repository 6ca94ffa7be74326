#include "turngreen/explore/domain_agreement.h"

#include <gmock/gmock.h>

#include <cmath>

#include "explore/toy_study.h"
#include "explore/tuning_ai_green.h"

namespace turngreen::explore {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

/// Runs of the baseline with one stage.
class Domains : public testing::Test {
 protected:
  void add(double cpu, double gpu, double seconds = 10, knobs::Level level = 0) {
    auto outcome = completed({{"train", cpu + gpu}}, 0.9);
    auto& stage = outcome.stages.front();
    stage.time = units::seconds(seconds);
    stage.domains = {{"cpu", units::joules(cpu)}, {"gpu", units::joules(gpu)}};
    trials.push_back(trial_of({level}, std::move(outcome)));
  }
  std::vector<DomainAgreement> found() const {
    return domain_agreement(study_of(switches(1)), trials);
  }

  std::vector<study::Trial> trials;
};

TEST_F(Domains, a_domain_that_does_not_repeat_is_named_beside_the_one_that_does) {
  add(1, 100);
  add(3, 101);
  add(2, 100);
  const auto domains = found();
  ASSERT_EQ(domains.size(), 2u);
  EXPECT_EQ(domains[0].domain, "gpu");
  EXPECT_NEAR(domains[0].share, 301.0 / 307, 1e-12);
  EXPECT_NEAR(domains[0].median_ratio, 1.01, 1e-12);
  EXPECT_EQ(domains[1].median_ratio, 3);
  EXPECT_EQ(domains[1].worst_stage, "train");
  EXPECT_EQ(domains[1].worst_configuration, "baseline");
  const auto notes = domain_notes(domains);
  ASSERT_EQ(notes.size(), 1u);
  EXPECT_THAT(notes[0], HasSubstr("cpu energy does not repeat"));
  EXPECT_THAT(notes[0], HasSubstr("go by gpu"));
}

TEST_F(Domains, those_that_agree_are_not_spoken_of) {
  add(1, 100);
  add(1.1, 101);
  EXPECT_THAT(domain_notes(found()), IsEmpty());
}

TEST_F(Domains, a_single_run_tells_nothing) {
  add(1, 100);
  EXPECT_THAT(found(), IsEmpty());
}

TEST_F(Domains, stages_of_less_than_a_second_are_left_out) {
  add(1, 100);
  add(3, 100, 0.5);
  EXPECT_THAT(found(), IsEmpty());
}

TEST_F(Domains, nothing_beside_something_is_an_infinite_ratio) {
  add(0, 100);
  add(3, 100);
  EXPECT_TRUE(std::isinf(found()[1].worst_ratio));
}

TEST_F(Domains, repeats_may_agree_and_the_power_still_be_implausible) {
  for (int run = 0; run < 2; ++run) {
    add(1, 100);
    add(50, 200, 10, 1);
  }
  const auto domains = found();
  const auto& cpu = domains[1];
  EXPECT_EQ(cpu.median_ratio, 1);
  ASSERT_TRUE(cpu.power);
  EXPECT_EQ(cpu.power->stage, "train");
  EXPECT_EQ(cpu.power->least_configuration, "baseline");
  EXPECT_EQ(cpu.power->most_configuration, "a=on");
  EXPECT_NEAR(cpu.power->least_watts, 0.1, 1e-12);
  EXPECT_NEAR(cpu.power->ratio(), 50, 1e-9);
  const auto notes = domain_notes(domains);
  ASSERT_EQ(notes.size(), 1u);
  EXPECT_THAT(notes[0],
              HasSubstr("cpu energy is not consistent: in train its mean power is 0.1 W"));
  EXPECT_THAT(notes[0], HasSubstr("where that of gpu is 2 at most"));
}

TEST(DomainsOfTheStudy, the_cpu_is_not_consistent_and_the_gpu_is) {
  const TuningAiGreen data;
  if (!data.there()) GTEST_SKIP() << data.folder() << " is not there; set TURNGREEN_TEST_DATA";
  const auto domains = domain_agreement(data.study(), data.trials());
  ASSERT_EQ(domains.size(), 3u);
  EXPECT_EQ(domains[0].domain, "gpu");
  EXPECT_LT(domains[0].median_ratio, 1.02);
  const auto cpu = std::ranges::find(domains, "cpu", &DomainAgreement::domain);
  // Its repeats agree: it is wrong in the same way each time.
  EXPECT_LT(cpu->median_ratio, 1.1);
  EXPECT_EQ(cpu->power->stage, "train_model");
  EXPECT_EQ(TuningAiGreen::index(cpu->power->least_configuration), "v6");
  EXPECT_GT(cpu->power->ratio(), 500);
  const auto notes = domain_notes(domains);
  ASSERT_EQ(notes.size(), 1u);
  EXPECT_THAT(notes[0], HasSubstr("cpu energy is not consistent: in train_model"));
  EXPECT_THAT(notes[0], HasSubstr("go by gpu"));
}

}  // namespace
}  // namespace turngreen::explore
