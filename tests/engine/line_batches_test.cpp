#include "line_batches.h"

#include <gmock/gmock.h>

#include <fstream>

#include "report/scratch_directory.h"

namespace turngreen::engine {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(LineBatches, gives_whole_lines_with_their_numbers) {
  const report::ScratchDirectory scratch;
  const std::string file = (scratch / "lines").string();
  std::ofstream(file) << "a\nbb\r\n\na longer one\nlast";
  auto batches = LineBatches::open(file).value();
  EXPECT_EQ(batches.bytes_in_all(), 24u);
  const LineBatch first = batches.next(6).value();
  EXPECT_EQ(first.first_line, 1u);
  EXPECT_THAT(first.lines, ElementsAre("a", "bb"));
  const LineBatch second = batches.next(6).value();
  EXPECT_EQ(second.first_line, 3u);
  EXPECT_THAT(second.lines, ElementsAre(""));
  // The next line alone is longer than was asked for.
  const LineBatch last = batches.next(6).value();
  EXPECT_EQ(last.first_line, 4u);
  EXPECT_THAT(last.lines, ElementsAre("a longer one", "last"));
  EXPECT_THAT(batches.next(100).value().lines, IsEmpty());
}

TEST(LineBatches, a_file_that_is_not_there_is_told) {
  const auto batches = LineBatches::open("/nowhere/lines");
  ASSERT_FALSE(batches);
  EXPECT_EQ(batches.error().kind, Error::Kind::not_found);
  EXPECT_EQ(batches.error().message, "/nowhere/lines: cannot be read: No such file or directory");
}

}  // namespace
}  // namespace turngreen::engine
