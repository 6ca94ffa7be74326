#include "pipeline/output_capture.h"

#include <gmock/gmock.h>
#include <unistd.h>

#include <fstream>
#include <iterator>

#include "energy/fake_sysfs.h"

namespace turngreen::pipeline {
namespace {

using testing::ElementsAre;

/// What somebody prints, and what is kept of it.
class Printing {
 public:
  Printing()
      : capture_(OutputCapture::open(folder_.root() / "output.log", [this](std::string_view line) {
                   lines.emplace_back(line);
                 }).value()) {}
  void print(std::string_view text) {
    ASSERT_EQ(::write(capture_.child_end(), text.data(), text.size()),
              static_cast<ssize_t>(text.size()));
    capture_.receive();
  }
  OutputCapture& finished() {
    capture_.close_child_end();
    capture_.finish();
    return capture_;
  }
  std::string log() const {
    std::ifstream file(folder_.root() / "output.log");
    return {std::istreambuf_iterator<char>(file), {}};
  }
  std::vector<std::string> lines;

 private:
  energy::FakeSysfs folder_;
  OutputCapture capture_;
};

TEST(OutputCapture, lines_are_cut_wherever_the_pieces_end) {
  Printing printing;
  printing.print("on");
  printing.print("e\n\ntwo\nth");
  printing.print("ree");
  printing.finished();
  EXPECT_THAT(printing.lines, ElementsAre("one", "", "two", "three"));
  EXPECT_EQ(printing.log(), "one\n\ntwo\nthree");
}

TEST(OutputCapture, long_lines_are_shown_up_to_four_kilobytes) {
  Printing printing;
  const std::string piece(3000, 'x');
  printing.print(piece);
  printing.print(piece + "\nshort\n" + piece + piece + "\n");
  printing.finished();
  ASSERT_EQ(printing.lines.size(), 3U);
  EXPECT_EQ(printing.lines[0].size(), kLongestSearchedLine);
  EXPECT_EQ(printing.lines[1], "short");
  EXPECT_EQ(printing.lines[2].size(), kLongestSearchedLine);
}

TEST(OutputCapture, the_tail_begins_with_a_whole_line_and_is_bounded) {
  Printing printing;
  for (int i = 0; i < 30'000; ++i) printing.print("line " + std::to_string(i) + "\n");
  const auto tail = printing.finished().tail(kMostTail);
  EXPECT_LE(tail.size(), kMostTail);
  EXPECT_GT(tail.size(), kMostTail - 20);
  EXPECT_EQ(tail.substr(0, 5), "line ");
  EXPECT_EQ(tail.substr(tail.size() - 11), "line 29999\n");
}

TEST(OutputCapture, bytes_that_are_no_text_are_replaced_in_the_tail_alone) {
  Printing printing;
  printing.print(
      "a\xff"
      "b\n");
  EXPECT_EQ(printing.finished().tail(kMostTail),
            "a\xef\xbf\xbd"
            "b\n");
  EXPECT_EQ(printing.log(),
            "a\xff"
            "b\n");
}

}  // namespace
}  // namespace turngreen::pipeline
