#include "turngreen/pipeline/recorded_pipeline.h"

#include <gmock/gmock.h>

namespace turngreen::pipeline {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TEST(RecordedPipeline, runs_nothing_and_says_where_its_trials_are_from) {
  RecordedPipeline pipeline({"codecarbon"});
  const Outcome outcome = pipeline.run({});
  EXPECT_EQ(outcome.ending, Ending::infeasible);
  EXPECT_THAT(outcome.reason, HasSubstr("imported from codecarbon"));
  EXPECT_FALSE(outcome.energy);
  EXPECT_FALSE(pipeline.can_run({}));
  EXPECT_FALSE(pipeline.measures());
  EXPECT_THAT(pipeline.fidelities(), ElementsAre(1));
}

}  // namespace
}  // namespace turngreen::pipeline
