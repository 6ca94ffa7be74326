#include "train/run_identity.h"

#include <gmock/gmock.h>

namespace turngreen::train {
namespace {

TEST(RunIdentity, tells_what_is_another) {
  const RunIdentity was{{"learning-rate", "5e-05"}, {"model", "0123456789abcdef"}};
  EXPECT_FALSE(difference(was, was));
  EXPECT_EQ(difference(was, {{"learning-rate", "3e-05"}}), "learning-rate was 5e-05 and is 3e-05");
  EXPECT_EQ(difference(was, {{"model", "0123456789abcdee"}}), "the model is another");
  EXPECT_EQ(difference(was, {{"dropout", "none"}}), "dropout was not told");
}

TEST(RunIdentity, survives_its_json) {
  const RunIdentity identity{{"epochs", "3"}, {"training data", "0123456789abcdef"}};
  EXPECT_EQ(parse_run_identity(run_identity_json(identity), "run.json").value(), identity);
  EXPECT_FALSE(parse_run_identity("[1", "run.json"));
  EXPECT_FALSE(parse_run_identity("{\"epochs\": 3}", "run.json"));
}

}  // namespace
}  // namespace turngreen::train
