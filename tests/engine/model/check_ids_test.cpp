#include "model/check_ids.h"

#include <gmock/gmock.h>

#include "small_batch.h"

namespace turngreen::model {
namespace {

Result<void> check(std::int64_t vocabulary) {
  data::Examples examples = examples_of({{1, 2}, {}, {3, 9}});
  examples.rows = {10, 11, 12};
  checkpoint::Architecture architecture;
  architecture.vocabulary = vocabulary;
  return check_ids(examples, architecture, "train.csv");
}

TEST(CheckIds, lets_those_below_the_vocabulary_pass) { EXPECT_TRUE(check(10)); }

TEST(CheckIds, names_the_row_of_the_first_beyond_it) {
  const auto refused = check(9);
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().message,
              testing::HasSubstr("train.csv: row 12 has the token id 9, and the model knows those "
                                 "below 9"));
}

}  // namespace
}  // namespace turngreen::model
