#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "turngreen/pipeline/run_protocol.h"

namespace turngreen::pipeline {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class LineSplitterTest : public testing::Test {
 protected:
  void feed(std::string_view bytes) {
    splitter_.feed(
        bytes, [this](std::string_view line) { lines_.emplace_back(line); },
        [this] { ++too_long_; });
  }
  LineSplitter splitter_;
  std::vector<std::string> lines_;
  int too_long_ = 0;
};

TEST_F(LineSplitterTest, lines_come_out_whole_however_the_bytes_are_cut) {
  const std::string text = "one\ntwo\n\nthree\n";
  for (const char byte : text) feed({&byte, 1});
  EXPECT_THAT(lines_, ElementsAre("one", "two", "", "three"));
  lines_.clear();
  feed(text);
  EXPECT_THAT(lines_, ElementsAre("one", "two", "", "three"));
}

TEST_F(LineSplitterTest, an_unfinished_line_is_the_rest) {
  feed("one\ntw");
  EXPECT_THAT(lines_, ElementsAre("one"));
  EXPECT_EQ(splitter_.rest(), "tw");
  EXPECT_EQ(splitter_.rest(), std::nullopt);
}

TEST_F(LineSplitterTest, a_line_of_just_the_limit_is_kept) {
  feed(std::string(kMaxLineBytes, 'a'));
  feed("\n");
  ASSERT_EQ(lines_.size(), 1U);
  EXPECT_EQ(lines_[0].size(), kMaxLineBytes);
  EXPECT_EQ(too_long_, 0);
}

TEST_F(LineSplitterTest, a_line_beyond_the_limit_is_skipped_and_reported_once) {
  for (int i = 0; i < 100; ++i) feed(std::string(kMaxLineBytes, 'a'));
  feed("tail\nnext\n");
  EXPECT_THAT(lines_, ElementsAre("next"));
  EXPECT_EQ(too_long_, 1);
}

TEST_F(LineSplitterTest, a_long_line_within_one_piece_is_skipped_too) {
  feed("first\n" + std::string(kMaxLineBytes + 1, 'a') + "\nlast\n");
  EXPECT_THAT(lines_, ElementsAre("first", "last"));
  EXPECT_EQ(too_long_, 1);
}

TEST_F(LineSplitterTest, an_unfinished_long_line_leaves_no_rest) {
  feed(std::string(kMaxLineBytes + 1, 'a'));
  EXPECT_EQ(splitter_.rest(), std::nullopt);
  EXPECT_THAT(lines_, IsEmpty());
}

}  // namespace
}  // namespace turngreen::pipeline
