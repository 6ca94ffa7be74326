#include "turngreen/engine/selection/hardness.h"

#include <gmock/gmock.h>

#include <random>

namespace turngreen::selection {
namespace {

/// Texts of ten tokens, whose class is told by tokens 1 or 2; by neither in every tenth text.
struct Texts {
  std::vector<std::int32_t> ids;
  std::vector<std::int64_t> starts = {0};
  std::vector<std::int64_t> classes;
};

Texts texts(int count) {
  std::mt19937 random(5);
  Texts made;
  for (int n = 0; n < count; ++n) {
    const auto of = static_cast<std::int64_t>(random() % 2);
    for (int token = 0; token < 9; ++token)
      made.ids.push_back(static_cast<std::int32_t>(10 + random() % 20));
    made.ids.push_back(n % 10 == 0 ? 3 : static_cast<std::int32_t>(1 + of));
    made.starts.push_back(static_cast<std::int64_t>(made.ids.size()));
    made.classes.push_back(of);
  }
  return made;
}

TEST(Hardness, is_high_for_texts_that_do_not_tell_their_class) {
  const Texts all = texts(1000);
  const auto hardness =
      hardness_of({.ids = all.ids, .starts = all.starts, .classes = all.classes, .outputs = 2}, 42);
  double plain = 0;
  double hard = 0;
  for (std::size_t n = 0; n < hardness.size(); ++n) {
    EXPECT_GE(hardness[n], 0);
    EXPECT_LE(hardness[n], 1);
    (n % 10 == 0 ? hard : plain) += static_cast<double>(hardness[n]);
  }
  EXPECT_GT(hard / 100, 2 * plain / 900);
}

TEST(Hardness, does_not_depend_on_a_rows_own_label) {
  Texts all = texts(300);
  const auto before =
      hardness_of({.ids = all.ids, .starts = all.starts, .classes = all.classes, .outputs = 2}, 42);
  all.classes[7] = 1 - all.classes[7];
  const auto after =
      hardness_of({.ids = all.ids, .starts = all.starts, .classes = all.classes, .outputs = 2}, 42);
  EXPECT_EQ(before[7], after[7]);
  EXPECT_NE(before, after);
}

TEST(Hardness, of_many_classes_takes_bounded_memory) {
  const std::vector<std::int32_t> ids{1, 2, 3};
  const std::vector<std::int64_t> starts{0, 2, 3};
  const std::vector<std::int64_t> classes{9999, 0};
  EXPECT_EQ(
      hardness_of({.ids = ids, .starts = starts, .classes = classes, .outputs = 10'000}, 1).size(),
      2U);
}

}  // namespace
}  // namespace turngreen::selection
