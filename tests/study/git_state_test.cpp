#include "study/git_state.h"

#include <gmock/gmock.h>

#include <cstdlib>

#include "report/scratch_directory.h"

namespace turngreen::study {
namespace {

/// A repository made by git itself, with one commit of two files.
class GitStateTest : public testing::Test {
 protected:
  void SetUp() override {
    if (std::system("command -v git > /dev/null") != 0) GTEST_SKIP() << "no git here";
    git("init -q");
    report::write_file(scratch_ / "train.py", "print(1)\n");
    std::filesystem::create_directory(scratch_ / "src");
    report::write_file(scratch_ / "src/train_two.py", "print(2)\n");
    git("add -A");
    git("-c user.name=a -c user.email=a@example.org commit -q -m first");
  }
  void git(const std::string& arguments) const {
    ASSERT_EQ(std::system(command(arguments).c_str()), 0) << arguments;
  }
  std::string output(const std::string& arguments) const {
    git(arguments + " > " + (scratch_ / ".git/output").string());
    std::string text = report::content_of(scratch_ / ".git/output");
    return text.substr(0, text.find('\n'));
  }
  GitState state(const std::string& directory = "src") const {
    return git_state(scratch_ / directory).value();
  }

  report::ScratchDirectory scratch_;

 private:
  std::string command(const std::string& arguments) const {
    return "git -C " + scratch_.path().string() + " " + arguments;
  }
};

TEST_F(GitStateTest, the_commit_is_that_of_head_from_any_directory_below) {
  EXPECT_EQ(state().commit, output("rev-parse HEAD"));
  EXPECT_EQ(state(".").commit, output("rev-parse HEAD"));
  EXPECT_EQ(state().dirty, "no");
}

TEST_F(GitStateTest, packed_references_and_a_detached_head_are_read) {
  const std::string commit = output("rev-parse HEAD");
  git("pack-refs --all");
  EXPECT_EQ(state().commit, commit);
  git("checkout -q --detach");
  EXPECT_EQ(state().commit, commit);
}

TEST_F(GitStateTest, a_linked_working_tree_has_its_own_head) {
  git("worktree add -q -b other linked");
  EXPECT_EQ(git_state(scratch_ / "linked").value().commit, output("rev-parse other"));
  EXPECT_EQ(git_state(scratch_ / "linked").value().dirty, "no");
}

TEST_F(GitStateTest, a_changed_or_deleted_file_makes_it_dirty) {
  report::write_file(scratch_ / "src/train_two.py", "print(22)\n");
  EXPECT_EQ(state().dirty, "yes");
  std::filesystem::remove(scratch_ / "src/train_two.py");
  EXPECT_EQ(state().dirty, "yes");
}

TEST_F(GitStateTest, a_file_written_again_with_the_same_size_may_be_changed) {
  std::filesystem::last_write_time(
      scratch_ / "train.py", std::filesystem::file_time_type::clock::now() + std::chrono::hours(1));
  EXPECT_EQ(state().dirty, "perhaps");
}

TEST_F(GitStateTest, what_is_staged_may_be_a_change) {
  report::write_file(scratch_ / "train.py", "print(11)\n");
  git("add train.py");
  EXPECT_EQ(state().dirty, "perhaps");
}

TEST_F(GitStateTest, a_compressed_index_is_read_as_well) {
  git("update-index --index-version 4");
  EXPECT_EQ(state().dirty, "no");
  report::write_file(scratch_ / "train.py", "print(11)\n");
  EXPECT_EQ(state().dirty, "yes");
}

TEST_F(GitStateTest, an_index_that_is_cut_or_missing_is_unknown) {
  const auto index = scratch_ / ".git/index";
  const std::string whole = report::content_of(index);
  report::write_file(index, whole.substr(0, 100));
  EXPECT_EQ(state().dirty, "unknown");
  std::filesystem::remove(index);
  EXPECT_EQ(state().dirty, "unknown");
}

TEST(GitState, outside_of_every_repository_there_is_none) {
  EXPECT_FALSE(git_state("/proc").has_value());
}

}  // namespace
}  // namespace turngreen::study
