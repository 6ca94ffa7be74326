#include "energy/stage_names.h"

#include <gtest/gtest.h>

#include <set>
#include <thread>
#include <vector>

namespace turngreen::energy {
namespace {

TEST(StageNames, the_same_name_has_the_same_number) {
  StageNames names;
  const StageId train = names.intern("train");
  EXPECT_EQ(names.intern("train"), train);
  EXPECT_NE(names.intern("evaluate"), train);
  EXPECT_EQ(names.name(train), "train");
}

TEST(StageNames, a_long_name_is_cut_between_characters) {
  StageNames names;
  std::string name(255, 'x');
  name += "\xC3\xA9\xC3\xA9";  // two-byte characters across the limit
  EXPECT_EQ(names.name(names.intern(name)), std::string(255, 'x'));
}

TEST(StageNames, beyond_the_limit_all_new_names_are_one_and_known_ones_stay) {
  StageNames names;
  for (int i = 0; i < 5000; ++i) names.intern("stage " + std::to_string(i));
  EXPECT_TRUE(names.overflowed());
  EXPECT_EQ(names.name(names.intern("yet another")), StageNames::kOthers);
  EXPECT_EQ(names.name(names.intern("stage 7")), "stage 7");
}

TEST(StageNames, threads_agree_on_the_numbers) {
  StageNames names;
  std::vector<std::vector<StageId>> found(8, std::vector<StageId>(100));
  std::vector<std::thread> threads;
  for (auto& mine : found) {
    threads.emplace_back([&names, &mine] {
      for (std::size_t i = 0; i < mine.size(); ++i)
        mine[i] = names.intern("stage " + std::to_string(i));
    });
  }
  for (auto& thread : threads) thread.join();
  for (std::size_t i = 0; i < 100; ++i) {
    EXPECT_EQ(names.name(found[0][i]), "stage " + std::to_string(i));
    for (const auto& mine : found) EXPECT_EQ(mine[i], found[0][i]);
  }
}

}  // namespace
}  // namespace turngreen::energy
