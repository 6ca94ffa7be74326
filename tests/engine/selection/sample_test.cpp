#include "turngreen/engine/selection/sample.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <numeric>

#include "quotas.h"

namespace turngreen::selection {
namespace {

using testing::Contains;
using testing::ElementsAre;

/// 60 of class 0, 30 of class 1, 10 of class 2, in turns.
std::vector<std::int64_t> classes_of_100() {
  std::vector<std::int64_t> classes;
  for (int n = 0; n < 10; ++n) {
    for (const std::int64_t of : {0, 0, 1, 0, 0, 1, 0, 1, 0, 2}) classes.push_back(of);
  }
  return classes;
}

std::vector<std::int64_t> counts(const std::vector<std::int64_t>& chosen,
                                 const std::vector<std::int64_t>& classes) {
  std::vector<std::int64_t> counted(3);
  for (const std::int64_t n : chosen)
    ++counted[static_cast<std::size_t>(classes[static_cast<std::size_t>(n)])];
  return counted;
}

TEST(Sample, by_chance_has_of_each_class_its_share) {
  const auto classes = classes_of_100();
  const auto chosen = sample({.examples = 100, .classes = classes}, {.fraction = 0.2});
  EXPECT_THAT(counts(chosen, classes), ElementsAre(12, 6, 2));
  EXPECT_TRUE(std::is_sorted(chosen.begin(), chosen.end()));
  EXPECT_EQ(std::adjacent_find(chosen.begin(), chosen.end()), chosen.end());
}

TEST(Sample, of_the_same_seed_is_the_same_and_of_another_another) {
  const auto classes = classes_of_100();
  const Population population{.examples = 100, .classes = classes};
  const auto one = sample(population, {.fraction = 0.3, .seed = 1});
  EXPECT_EQ(one, sample(population, {.fraction = 0.3, .seed = 1}));
  EXPECT_NE(one, sample(population, {.fraction = 0.3, .seed = 2}));
}

TEST(Sample, that_is_larger_has_all_of_the_smaller_of_the_same_seed) {
  const Population population{.examples = 1000};
  const auto less = sample(population, {.fraction = 0.2});
  const auto more = sample(population, {.fraction = 0.4});
  EXPECT_TRUE(std::includes(more.begin(), more.end(), less.begin(), less.end()));
}

TEST(Sample, that_is_balanced_takes_all_of_a_rare_class_before_more_of_the_others) {
  const auto classes = classes_of_100();
  const Population population{.examples = 100, .classes = classes};
  const SampleOptions options{.fraction = 0.24, .sampling = Sampling::balanced};
  EXPECT_THAT(counts(sample(population, options), classes), ElementsAre(8, 8, 8));
  const SampleOptions larger{.fraction = 0.6, .sampling = Sampling::balanced};
  EXPECT_THAT(counts(sample(population, larger), classes), ElementsAre(25, 25, 10));
}

TEST(Sample, that_is_hard_is_half_of_the_hardest_of_each_class_and_half_of_chance) {
  const auto classes = classes_of_100();
  std::vector<float> hardness(100);
  std::iota(hardness.begin(), hardness.end(), 0.0F);
  const Population population{.examples = 100, .classes = classes, .hardness = hardness};
  const auto chosen = sample(population, {.fraction = 0.2, .sampling = Sampling::hard});
  EXPECT_THAT(counts(chosen, classes), ElementsAre(12, 6, 2));
  for (const std::int64_t n : {98, 96, 94, 93, 91, 90, 97, 95, 92, 99})
    EXPECT_THAT(chosen, Contains(n));
  EXPECT_LT(chosen[2], 80);  // by chance, among others
}

TEST(Sample, keeps_one_row_of_each_class_at_least) {
  std::vector<std::int64_t> classes(1000, 0);
  classes[500] = 2;
  const auto chosen = sample({.examples = 1000, .classes = classes}, {.fraction = 0.002});
  EXPECT_EQ(chosen.size(), 2U);
  EXPECT_THAT(chosen, Contains(500));
}

TEST(Sample, has_a_row_however_small_the_fraction) {
  EXPECT_EQ(sample({.examples = 3}, {.fraction = 1e-6}).size(), 1U);
}

TEST(Quotas, add_up_whatever_the_sizes) {
  const std::vector<std::int64_t> sizes{7, 0, 1, 19, 3, 3};
  for (std::int64_t count = 1; count <= 33; ++count) {
    for (const auto& quotas : {proportional_quotas(sizes, count), equal_quotas(sizes, count)}) {
      EXPECT_EQ(std::accumulate(quotas.begin(), quotas.end(), std::int64_t{0}), count);
      for (std::size_t n = 0; n < sizes.size(); ++n) {
        EXPECT_GE(quotas[n], 0);
        EXPECT_LE(quotas[n], sizes[n]);
      }
    }
  }
}

}  // namespace
}  // namespace turngreen::selection
