#include "train/class_weights.h"

#include <gmock/gmock.h>

#include "engine/train/trained_parameter.h"

namespace turngreen::train {
namespace {

data::Examples examples_of(std::vector<std::int64_t> classes) {
  data::Examples examples;
  examples.starts.assign(classes.size() + 1, 0);
  examples.classes = std::move(classes);
  return examples;
}

TEST(ClassWeights, balanced_ones_are_inverse_to_the_counts) {
  const at::Tensor weights =
      class_weights(ClassWeights::balanced, examples_of({0, 0, 0, 1, 3, 3}), 4);
  EXPECT_THAT(values_of(weights),
              testing::ElementsAre(testing::FloatEq(0.5F), 1.5F, 1, testing::FloatEq(0.75F)));
}

TEST(ClassWeights, equal_ones_are_none) {
  EXPECT_FALSE(class_weights(ClassWeights::equal, examples_of({0, 1}), 2).defined());
}

}  // namespace
}  // namespace turngreen::train
