#include "train/checkpoint_folders.h"

#include <gmock/gmock.h>

#include "report/scratch_directory.h"

namespace turngreen::train {
namespace {

class CheckpointFolders : public testing::Test {
 protected:
  void make(const std::string& name) {
    std::filesystem::create_directory(scratch_ / name);
    report::write_file(scratch_ / name / "state.json", "{}");
  }
  std::vector<std::string> names() const {
    std::vector<std::string> names;
    for (const auto& folder : checkpoints_in(scratch_.path())) names.push_back(folder.filename());
    return names;
  }
  report::ScratchDirectory scratch_;
};

TEST_F(CheckpointFolders, are_ordered_by_step_not_by_letters) {
  make("checkpoint-1000");
  make("checkpoint-90");
  EXPECT_THAT(names(), testing::ElementsAre("checkpoint-90", "checkpoint-1000"));
}

TEST_F(CheckpointFolders, others_folders_are_none_of_them) {
  make("checkpoint-");
  make("checkpoint-1x");
  make("checkpoint-007");
  make("best");
  std::filesystem::create_directory(scratch_ / "checkpoint-5");  // without our state
  EXPECT_TRUE(names().empty());
  EXPECT_TRUE(checkpoints_in(scratch_ / "nowhere").empty());
}

TEST_F(CheckpointFolders, only_the_last_stay) {
  make("checkpoint-1");
  make("checkpoint-2");
  make("checkpoint-10");
  make(".checkpoint-unfinished");
  ASSERT_TRUE(remove_checkpoints(scratch_.path(), 2));
  EXPECT_THAT(names(), testing::ElementsAre("checkpoint-2", "checkpoint-10"));
  EXPECT_EQ(scratch_.file_count(), 2u);
}

TEST_F(CheckpointFolders, appear_as_a_whole) {
  make(".checkpoint-unfinished");
  EXPECT_TRUE(names().empty());
  ASSERT_TRUE(finish_checkpoint(scratch_.path(), 12));
  EXPECT_THAT(names(), testing::ElementsAre("checkpoint-12"));
}

}  // namespace
}  // namespace turngreen::train
