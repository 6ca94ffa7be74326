#include "pipeline/excerpt.h"

#include <gtest/gtest.h>

namespace turngreen::pipeline {
namespace {

TEST(Excerpt, printable_text_is_quoted_as_it_is) { EXPECT_EQ(excerpt("a b"), "\"a b\""); }

TEST(Excerpt, what_could_move_a_terminal_is_spelt_out) {
  EXPECT_EQ(excerpt("\x1b[31m\xff\n"), R"("\x1b[31m\xff\x0a")");
}

TEST(Excerpt, a_long_text_is_cut_and_its_length_told) {
  EXPECT_EQ(excerpt(std::string(1000, 'a'), 3), "\"aaa\"... (1000 bytes)");
}

}  // namespace
}  // namespace turngreen::pipeline
