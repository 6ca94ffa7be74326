#include "turngreen/engine/files/output_folder.h"

#include <gmock/gmock.h>
#include <unistd.h>

#include "report/scratch_directory.h"

namespace turngreen::files {
namespace {

using report::content_of;
using report::write_file;
using testing::HasSubstr;

bool goes(std::string_view name) { return name.starts_with("note"); }

TEST(OutputFolder, is_there_only_once_it_is_finished) {
  const report::ScratchDirectory scratch;
  const auto place = scratch / "deep/down/out";
  {
    const auto folder = OutputFolder::create(place).value();
    write_file(folder.path() / "a", "new");
    EXPECT_FALSE(std::filesystem::exists(place));
  }
  EXPECT_TRUE(std::filesystem::is_empty(scratch / "deep/down"));
  auto folder = OutputFolder::create(place.string() + "/").value();
  write_file(folder.path() / "a", "new");
  ASSERT_TRUE(folder.finish(goes));
  EXPECT_EQ(content_of(place / "a"), "new");
}

TEST(OutputFolder, takes_the_place_of_another_and_keeps_what_stays) {
  const report::ScratchDirectory scratch;
  std::filesystem::create_directories(scratch / "out/notes");
  write_file(scratch / "out/notes/1", "mine");
  write_file(scratch / "out/note", "old");
  write_file(scratch / "out/old", "old");
  auto folder = OutputFolder::create(scratch / "out").value();
  write_file(folder.path() / "a", "new");
  write_file(folder.path() / "note", "new");
  ASSERT_TRUE(folder.finish(goes));
  EXPECT_EQ(content_of(scratch / "out/a"), "new");
  EXPECT_EQ(content_of(scratch / "out/notes/1"), "mine");
  EXPECT_EQ(content_of(scratch / "out/note"), "new");
  EXPECT_FALSE(std::filesystem::exists(scratch / "out/old"));
  EXPECT_EQ(scratch.file_count(), 1u);
}

TEST(OutputFolder, follows_a_link_to_its_place) {
  const report::ScratchDirectory scratch;
  std::filesystem::create_directory(scratch / "real");
  std::filesystem::create_directory_symlink("real", scratch / "link");
  auto folder = OutputFolder::create(scratch / "link").value();
  write_file(folder.path() / "a", "new");
  ASSERT_TRUE(folder.finish(goes));
  EXPECT_TRUE(std::filesystem::is_symlink(scratch / "link"));
  EXPECT_EQ(content_of(scratch / "real/a"), "new");
}

TEST(OutputFolder, is_not_made_where_it_cannot_be_exchanged) {
  const report::ScratchDirectory scratch;
  write_file(scratch / "file", "x");
  EXPECT_THAT(OutputFolder::create(scratch / "file").error().message, HasSubstr("is no folder"));
  EXPECT_THAT(OutputFolder::create(".").error().message,
              HasSubstr(".: is the working folder, which cannot be replaced; name a folder in it"));
  EXPECT_THAT(OutputFolder::create("/").error().message, HasSubstr("is a mount point"));
  EXPECT_FALSE(OutputFolder::create(scratch / "file/below"));
}

TEST(OutputFolder, is_named_in_errors_by_its_own_name) {
  const report::ScratchDirectory scratch;
  const auto folder = OutputFolder::create(scratch / "out").value();
  const Error error = folder.in_place({Error::Kind::io, (folder.path() / "a").string() + ": no"});
  EXPECT_EQ(error.message, (scratch / "out/a").string() + ": no");
}

}  // namespace
}  // namespace turngreen::files
