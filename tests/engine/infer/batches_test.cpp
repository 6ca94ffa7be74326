#include "infer/batches.h"

#include <gmock/gmock.h>

namespace turngreen::infer {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

data::Examples of_lengths(const std::vector<std::int64_t>& lengths) {
  data::Examples examples;
  for (const std::int64_t length : lengths) {
    examples.ids.insert(examples.ids.end(), static_cast<std::size_t>(length), 7);
    examples.starts.push_back(static_cast<std::int64_t>(examples.ids.size()));
  }
  return examples;
}

TEST(Batches, hold_every_example_once_in_order_of_length) {
  EXPECT_THAT(batches_of(of_lengths({3, 9, 1, 9, 5}), {.size = 2, .bucketed = true}),
              ElementsAre(ElementsAre(1, 3), ElementsAre(4, 0), ElementsAre(2)));
}

TEST(Batches, keep_the_order_where_they_are_not_bucketed) {
  EXPECT_THAT(batches_of(of_lengths({3, 9, 1}), {.size = 2, .bucketed = false}),
              ElementsAre(ElementsAre(0, 1), ElementsAre(2)));
}

TEST(Batches, are_none_without_examples) {
  EXPECT_THAT(batches_of(of_lengths({}), {.size = 2, .bucketed = true}), IsEmpty());
}

}  // namespace
}  // namespace turngreen::infer
