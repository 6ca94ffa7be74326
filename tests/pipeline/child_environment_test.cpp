#include "pipeline/child_environment.h"

#include <gmock/gmock.h>

#include <cstdlib>

namespace turngreen::pipeline {
namespace {

using testing::Contains;
using testing::Not;
using testing::StartsWith;

TEST(ChildEnvironment, variables_take_the_place_of_ours_and_the_last_of_a_name_counts) {
  ::setenv("TURNGREEN_TEST_A", "ours", 1);
  ::setenv("TURNGREEN_TEST_B", "ours", 1);
  const auto environment = child_environment({"TURNGREEN_TEST_A=1", "TURNGREEN_TEST_A=2"});
  EXPECT_THAT(environment, Contains("TURNGREEN_TEST_A=2").Times(1));
  EXPECT_THAT(environment, Contains(StartsWith("TURNGREEN_TEST_A=")).Times(1));
  EXPECT_THAT(environment, Contains("TURNGREEN_TEST_B=ours"));
  ::unsetenv("TURNGREEN_TEST_A");
  ::unsetenv("TURNGREEN_TEST_B");
}

TEST(ChildEnvironment, what_an_outer_measurement_set_is_left_out) {
  ::setenv("TURNGREEN_RUN_FD", "77", 1);
  EXPECT_THAT(child_environment({}), Not(Contains(StartsWith("TURNGREEN_RUN_FD="))));
  EXPECT_THAT(child_environment({"TURNGREEN_RUN_FD=5"}), Contains("TURNGREEN_RUN_FD=5"));
  ::unsetenv("TURNGREEN_RUN_FD");
}

}  // namespace
}  // namespace turngreen::pipeline
