#include "train/output_folder.h"

#include <gmock/gmock.h>

#include "report/scratch_directory.h"

namespace turngreen::train {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

class OutputFolder : public testing::Test {
 protected:
  void make(const fs::path& folder, const std::string& file) {
    fs::create_directories(folder);
    report::write_file(folder / file, "as before");
  }
  Result<void> replace() {
    return replace_output_folder(output_, [](const fs::path& folder) -> Result<void> {
      fs::create_directory(folder);
      report::write_file(folder / "config.json", "new");
      return {};
    });
  }
  report::ScratchDirectory scratch_;
  fs::path output_ = scratch_ / "out";
};

TEST_F(OutputFolder, may_be_new_empty_a_model_or_checkpoints) {
  EXPECT_TRUE(check_output_folder(output_));
  EXPECT_TRUE(check_output_folder(output_ / "deeper"));
  fs::create_directory(output_);
  EXPECT_TRUE(check_output_folder(output_));
  make(output_ / "checkpoint-3", "state.json");
  EXPECT_TRUE(check_output_folder(output_));
  make(output_, "config.json");
  EXPECT_TRUE(check_output_folder(output_));
}

TEST_F(OutputFolder, with_other_things_is_refused) {
  make(output_, "thesis.tex");
  EXPECT_THAT(check_output_folder(output_).error().message,
              HasSubstr("out: holds other things than a model"));
  EXPECT_THAT(check_output_folder(output_ / "thesis.tex").error().message,
              HasSubstr("is no folder"));
}

TEST_F(OutputFolder, is_made_where_there_is_none) {
  output_ = scratch_ / "a" / "b" / "";  // as with a slash at the end
  ASSERT_TRUE(replace());
  EXPECT_EQ(report::content_of(output_ / "config.json"), "new");
}

TEST_F(OutputFolder, replaces_the_model_and_keeps_the_checkpoints) {
  make(output_, "config.json");
  make(output_, "pytorch_model.bin");
  make(output_ / "checkpoint-3", "state.json");
  ASSERT_TRUE(replace());
  EXPECT_EQ(report::content_of(output_ / "config.json"), "new");
  EXPECT_FALSE(fs::exists(output_ / "pytorch_model.bin"));
  EXPECT_TRUE(fs::exists(output_ / "checkpoint-3" / "state.json"));
  EXPECT_EQ(scratch_.file_count(), 1u);
}

TEST_F(OutputFolder, is_as_before_where_writing_fails) {
  make(output_, "config.json");
  const auto replaced = replace_output_folder(output_, [](const fs::path& folder) -> Result<void> {
    fs::create_directory(folder);
    report::write_file(folder / "config.json", "half");
    return fail(Error::Kind::io, "no room");
  });
  EXPECT_EQ(replaced.error().message, "no room");
  EXPECT_EQ(report::content_of(output_ / "config.json"), "as before");
  EXPECT_EQ(scratch_.file_count(), 1u);
}

}  // namespace
}  // namespace turngreen::train
