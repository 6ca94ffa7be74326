#include "aligned_text.h"

#include <gtest/gtest.h>

namespace turngreen::tokenizer {
namespace {

AlignedText of(std::string_view text) {
  AlignedText aligned;
  aligned.assign(text, {0, static_cast<std::uint32_t>(text.size())});
  return aligned;
}

TEST(AlignedText, at_first_each_byte_stands_for_its_whole_code_point) {
  AlignedText text;
  text.assign("xx\u00E9y", {2, 5});
  EXPECT_EQ(text.text(), "\u00E9y");
  EXPECT_EQ(text.origin({0, 1}), (ByteRange{2, 4}));
  EXPECT_EQ(text.origin({1, 3}), (ByteRange{2, 5}));
}

TEST(AlignedText, what_is_left_out_belongs_to_nothing) {
  AlignedText text = of("-a--b-");
  text.filter([](char32_t code) { return code != '-'; });
  EXPECT_EQ(text.text(), "ab");
  EXPECT_EQ(text.origin({0, 1}), (ByteRange{1, 2}));
  EXPECT_EQ(text.origin({1, 2}), (ByteRange{4, 5}));
  EXPECT_EQ(text.origin({0, 2}), (ByteRange{1, 5}));
}

TEST(AlignedText, an_insertion_stands_for_the_code_point_before_it) {
  AlignedText text = of("ab");
  text.transform(std::vector<Change>{{'a', 0}, {'x', 1}, {'b', 0}});
  EXPECT_EQ(text.text(), "axb");
  EXPECT_EQ(text.origin({1, 2}), (ByteRange{0, 1}));
}

TEST(AlignedText, a_prefix_stands_for_the_first_code_point) {
  AlignedText text = of("\u00E9a");
  text.prepend("##");
  EXPECT_EQ(text.text(), "##\u00E9a");
  EXPECT_EQ(text.origin({0, 1}), (ByteRange{0, 2}));
  EXPECT_EQ(text.origin({0, 5}), (ByteRange{0, 3}));
}

TEST(AlignedText, a_replacement_stands_for_the_last_byte_of_what_it_replaces) {
  AlignedText text = of("a--b");
  text.replace("--", "xyz");
  EXPECT_EQ(text.text(), "axyzb");
  EXPECT_EQ(text.origin({1, 4}), (ByteRange{2, 3}));
  EXPECT_EQ(text.origin({4, 5}), (ByteRange{3, 4}));
}

TEST(AlignedText, stripping_keeps_positions) {
  AlignedText text = of(" \u3000ab \n");
  text.strip(true, true);
  EXPECT_EQ(text.text(), "ab");
  EXPECT_EQ(text.origin({0, 2}), (ByteRange{4, 6}));
  AlignedText blank = of("  ");
  blank.strip(true, true);
  EXPECT_TRUE(blank.empty());
}

TEST(AlignedText, beyond_the_end_a_range_is_what_it_is) {
  EXPECT_EQ(of("ab").origin({1, 7}), (ByteRange{1, 7}));
}

}  // namespace
}  // namespace turngreen::tokenizer
