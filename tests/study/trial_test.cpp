#include "turngreen/study/trial.h"

#include <gtest/gtest.h>

#include "study/sample_study.h"

namespace turngreen::study {
namespace {

TEST(Trial, every_purpose_is_read_back_from_its_word) {
  for (const auto purpose :
       {Purpose::baseline, Purpose::explore, Purpose::verify, Purpose::attribution}) {
    EXPECT_EQ(parse_purpose(to_string(purpose)), purpose);
  }
  EXPECT_EQ(parse_purpose("fun"), std::nullopt);
}

TEST(Trial, what_was_spent_leaves_out_what_was_not_measured_and_what_still_runs) {
  Trial measured;
  measured.outcome = sample_outcome(10);
  Trial unmeasured;
  unmeasured.outcome = failed_outcome();
  EXPECT_EQ(spent({measured, unmeasured, Trial(), measured}), units::joules(20));
}

}  // namespace
}  // namespace turngreen::study
