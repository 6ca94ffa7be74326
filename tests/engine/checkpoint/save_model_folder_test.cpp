#include <gmock/gmock.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/resource.h>

#include "small_model.h"

namespace turngreen::checkpoint {
namespace {

namespace fs = std::filesystem;
using report::content_of;
using report::write_file;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Key;

class Saving : public testing::Test {
 protected:
  Saving() {
    write_small_model(scratch_ / "source");
    fs::create_directory(scratch_ / "source/1_Pooling");
    write_file(scratch_ / "source/1_Pooling/config.json", "{}");
    write_file(
        scratch_ / "source/modules.json",
        R"([{"type": "a.Transformer", "path": ""}, {"type": "a.Pooling", "path": "1_Pooling"}])");
    write_file(scratch_ / "source/vocab.txt", "a\nb\n");
    write_file(scratch_ / "source/README.md", "of the base model");
    source_ = ModelFolder::open(scratch_ / "source").value();
    tensors_.add("b", 5);
  }

  fs::path output() const { return scratch_ / "output"; }
  Result<void> save(const fs::path& folder) const {
    return save_model_folder(folder, source_.config(), tensors_.all(), source_);
  }

  report::ScratchDirectory scratch_;
  ModelFolder source_;
  SmallTensors tensors_;
};

TEST_F(Saving, writes_what_is_opened_again_with_all_that_goes_with_it) {
  ASSERT_TRUE(save(output()));
  const auto saved = ModelFolder::open(output()).value();
  EXPECT_THAT(saved.tensors(), ElementsAre(Key("b")));
  EXPECT_EQ(saved.config().architecture, source_.config().architecture);
  EXPECT_EQ(content_of(output() / "vocab.txt"), "a\nb\n");
  EXPECT_EQ(content_of(output() / "1_Pooling/config.json"), "{}");
  EXPECT_FALSE(fs::exists(output() / "README.md"));
  EXPECT_EQ(scratch_.file_count(), 2u);
}

TEST_F(Saving, replaces_a_model_and_leaves_what_is_none_of_its) {
  write_small_model(output());
  write_file(output() / "pytorch_model.bin", "stale");
  write_file(output() / "merges.txt", "stale");
  fs::create_directory(output() / "checkpoint-10");
  ASSERT_TRUE(save(output()));
  EXPECT_THAT(ModelFolder::open(output())->tensors(), ElementsAre(Key("b")));
  EXPECT_FALSE(fs::exists(output() / "pytorch_model.bin"));
  EXPECT_FALSE(fs::exists(output() / "merges.txt"));
  EXPECT_TRUE(fs::exists(output() / "checkpoint-10"));
}

TEST_F(Saving, may_replace_the_very_model_that_it_came_from) {
  ASSERT_TRUE(save(scratch_ / "source"));
  EXPECT_THAT(ModelFolder::open(scratch_ / "source")->tensors(), ElementsAre(Key("b")));
  EXPECT_EQ(content_of(scratch_ / "source/vocab.txt"), "a\nb\n");
  EXPECT_EQ(content_of(scratch_ / "source/README.md"), "of the base model");
  EXPECT_EQ(source_.tensors().find("a")->second.bytes.size(), 16u);  // still mapped
}

TEST_F(Saving, fills_an_empty_folder_and_refuses_one_of_other_things) {
  fs::create_directory(output());
  EXPECT_TRUE(save(output()));
  fs::create_directory(scratch_ / "home");
  write_file(scratch_ / "home/config.json", "{}");
  EXPECT_THAT(save(scratch_ / "home").error().message,
              HasSubstr("/home: holds other things than a model, which are not to be replaced"));
}

/// Nothing is as it should be after a save that failed, but the old model.
void expect_only_the_old_model(const fs::path& folder) {
  EXPECT_THAT(ModelFolder::open(folder)->tensors(), ElementsAre(Key("a")));
  EXPECT_EQ(std::distance(fs::directory_iterator(folder.parent_path()), {}), 1);
}

TEST_F(Saving, that_meets_the_limit_on_file_sizes_leaves_the_old_model) {
  const fs::path folder = scratch_ / "small/output";
  write_small_model(folder);
  tensors_.add("large", 100'000);
  rlimit before{};
  ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &before), 0);
  const rlimit small{65'536, before.rlim_max};
  const auto handler = ::signal(SIGXFSZ, SIG_IGN);
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &small), 0);
  const auto saved = save(folder);
  ::setrlimit(RLIMIT_FSIZE, &before);
  ::signal(SIGXFSZ, handler);
  ASSERT_FALSE(saved);
  EXPECT_THAT(saved.error().message, HasSubstr((folder / "model.safetensors").string() +
                                               ": cannot be written: File too large; raise"));
  expect_only_the_old_model(folder);
}

TEST_F(Saving, on_a_full_disk_leaves_the_old_model) {
  const fs::path disk = scratch_ / "disk";
  fs::create_directory(disk);
  if (::mount("tmpfs", disk.c_str(), "tmpfs", 0, "size=128k") != 0) {
    GTEST_SKIP() << "a small disk can be mounted by root only";
  }
  write_small_model(disk / "output");
  tensors_.add("large", 100'000);
  const auto saved = save(disk / "output");
  EXPECT_FALSE(saved);
  if (!saved) {
    EXPECT_THAT(saved.error().message,
                HasSubstr("model.safetensors: cannot be written: No space left on device; free"));
  }
  expect_only_the_old_model(disk / "output");
  ::umount(disk.c_str());
}

TEST_F(Saving, names_a_mount_point_that_cannot_be_replaced) {
  const fs::path disk = scratch_ / "disk";
  fs::create_directory(disk);
  if (::mount("tmpfs", disk.c_str(), "tmpfs", 0, "size=128k") != 0) {
    GTEST_SKIP() << "a small disk can be mounted by root only";
  }
  EXPECT_THAT(save(disk).error().message, HasSubstr("/disk: is a mount point"));
  ::umount(disk.c_str());
}

}  // namespace
}  // namespace turngreen::checkpoint
