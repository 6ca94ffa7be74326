#include <gtest/gtest.h>

#include "turngreen/study/study_file.h"

namespace turngreen::study {
namespace {

TEST(Objective, every_word_is_read_back_as_what_it_was_written_for) {
  for (const auto objective :
       {Objective::energy, Objective::carbon, Objective::cost, Objective::energy_delay}) {
    EXPECT_EQ(parse_objective(to_string(objective)), objective);
  }
}

TEST(Objective, an_unknown_word_is_none) {
  EXPECT_EQ(parse_objective("joules"), std::nullopt);
  EXPECT_EQ(parse_objective(""), std::nullopt);
}

}  // namespace
}  // namespace turngreen::study
