#include "turngreen/study/machine_lock.h"

#include <gmock/gmock.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>

#include "report/scratch_directory.h"

namespace turngreen::study {
namespace {

using testing::HasSubstr;

class MachineLockTest : public testing::Test {
 protected:
  Result<std::optional<MachineLock>> attempt() const {
    return MachineLock::acquire_while([] { return false; }, {scratch_.path()});
  }
  bool is_free() const { return attempt().value().has_value(); }
  std::filesystem::path file() const { return scratch_ / "turngreen-measuring.lock"; }

  report::ScratchDirectory scratch_;
};

TEST_F(MachineLockTest, it_is_held_by_one_at_a_time_and_free_again_afterwards) {
  {
    const auto held = MachineLock::acquire({}, {scratch_.path()});
    ASSERT_TRUE(held.has_value());
    EXPECT_FALSE(is_free());
  }
  EXPECT_TRUE(is_free());
}

TEST_F(MachineLockTest, whoever_waits_is_called_and_gets_it_once_it_is_free) {
  std::optional<MachineLock> held = attempt().value();
  int calls = 0;
  const auto second = MachineLock::acquire(
      [&] {
        ++calls;
        held.reset();
      },
      {scratch_.path()});
  EXPECT_TRUE(second.has_value());
  EXPECT_EQ(calls, 1);
}

TEST_F(MachineLockTest, a_holder_that_is_killed_gives_it_free) {
  std::array<int, 2> ready{};
  ASSERT_EQ(::pipe(ready.data()), 0);
  const pid_t child = ::fork();
  if (child == 0) {
    const auto held = attempt();
    const char told = held && *held ? 'y' : 'n';
    if (::write(ready[1], &told, 1) == 1) ::pause();
    ::_exit(1);
  }
  char told = 0;
  ASSERT_EQ(::read(ready[0], &told, 1), 1);
  EXPECT_EQ(told, 'y');
  EXPECT_FALSE(is_free());
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
  EXPECT_TRUE(is_free());
  ::close(ready[0]);
  ::close(ready[1]);
}

TEST_F(MachineLockTest, other_users_may_use_the_file_whatever_the_mask) {
  const mode_t before = ::umask(0077);
  EXPECT_TRUE(is_free());
  ::umask(before);
  struct stat status {};
  ASSERT_EQ(::stat(file().c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0666u);
}

TEST_F(MachineLockTest, a_link_in_its_place_is_not_followed) {
  report::write_file(scratch_ / "victim", "content");
  std::filesystem::create_symlink(scratch_ / "victim", file());
  EXPECT_THAT(attempt().error().message, HasSubstr(file().string()));
  EXPECT_EQ(report::content_of(scratch_ / "victim"), "content");
}

TEST_F(MachineLockTest, a_pipe_in_its_place_does_not_keep_anybody_waiting) {
  ASSERT_EQ(::mkfifo(file().c_str(), 0666), 0);
  EXPECT_FALSE(attempt().has_value());
}

TEST_F(MachineLockTest, one_that_was_made_in_a_later_place_is_used_by_all) {
  const auto later = scratch_ / "later";
  std::filesystem::create_directory(later);
  const auto held = MachineLock::acquire({}, {later});
  ASSERT_TRUE(held.has_value());
  const auto other = MachineLock::acquire_while([] { return false; }, {scratch_.path(), later});
  EXPECT_EQ(other.value().has_value(), false);
}

TEST_F(MachineLockTest, where_it_can_be_made_nowhere_the_places_tried_are_named) {
  const auto refused = MachineLock::acquire({}, {"/nonexistent/a", "/nonexistent/b"});
  EXPECT_THAT(refused.error().message, HasSubstr("/nonexistent/a: "));
  EXPECT_THAT(refused.error().message, HasSubstr("/nonexistent/b: "));
}

}  // namespace
}  // namespace turngreen::study
