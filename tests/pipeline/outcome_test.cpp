#include "turngreen/pipeline/outcome.h"

#include <gtest/gtest.h>

namespace turngreen::pipeline {
namespace {

TEST(Outcome, every_ending_has_a_word_that_is_read_back) {
  for (const Ending ending :
       {Ending::completed, Ending::failed, Ending::infeasible, Ending::stopped}) {
    EXPECT_FALSE(to_string(ending).empty());
    EXPECT_EQ(parse_ending(to_string(ending)), ending);
  }
  EXPECT_FALSE(parse_ending("finished"));
}

TEST(Outcome, a_metric_is_found_by_its_name_or_absent) {
  Outcome outcome;
  outcome.metrics = {{"f1", 0.9}, {"mcc", -0.1}};
  EXPECT_EQ(outcome.metric("mcc"), -0.1);
  EXPECT_FALSE(outcome.metric("accuracy"));
}

}  // namespace
}  // namespace turngreen::pipeline
