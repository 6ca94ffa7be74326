#include "pipeline/private_directory.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cstdlib>
#include <fstream>
#include <optional>
#include <string>

namespace turngreen::pipeline {
namespace {

using testing::HasSubstr;

/// Sets an environment variable for the rest of the scope.
class Variable {
 public:
  Variable(const char* name, const std::string& value) : name_(name) {
    if (const char* before = std::getenv(name)) before_ = before;
    ::setenv(name, value.c_str(), 1);
  }
  Variable(const Variable&) = delete;
  Variable& operator=(const Variable&) = delete;
  ~Variable() { before_ ? ::setenv(name_, before_->c_str(), 1) : ::unsetenv(name_); }

 private:
  const char* name_;
  std::optional<std::string> before_;
};

constexpr std::size_t kLong = 100;

TEST(PrivateDirectory, only_this_user_may_enter_and_it_goes_with_all_in_it) {
  std::filesystem::path path;
  {
    const auto directory = PrivateDirectory::make(kLong);
    ASSERT_TRUE(directory);
    path = directory->path();
    struct stat status {};
    ASSERT_EQ(::stat(path.c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777U, 0700U);
    std::ofstream(path / "file") << "content";
  }
  EXPECT_FALSE(std::filesystem::exists(path));
}

TEST(PrivateDirectory, a_place_that_cannot_be_used_is_passed_over) {
  const Variable runtime("XDG_RUNTIME_DIR", "/proc");
  const Variable temporary("TMPDIR", "/" + std::string(200, 'x'));
  const auto directory = PrivateDirectory::make(kLong);
  ASSERT_TRUE(directory);
  EXPECT_EQ(directory->path().parent_path(), "/tmp");
}

TEST(PrivateDirectory, when_no_place_can_be_used_the_error_names_each) {
  const Variable runtime("XDG_RUNTIME_DIR", "/proc");
  const Variable temporary("TMPDIR", "/nonexistent");
  const auto directory = PrivateDirectory::make(sizeof "/proc/turngreen-" - 1);
  ASSERT_FALSE(directory);
  EXPECT_THAT(directory.error().message, HasSubstr("/proc: its path is too long"));
  EXPECT_THAT(directory.error().message, HasSubstr("/nonexistent: "));
  EXPECT_THAT(directory.error().message, HasSubstr("/tmp: "));
}

}  // namespace
}  // namespace turngreen::pipeline
