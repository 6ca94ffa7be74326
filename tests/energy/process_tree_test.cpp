#include "turngreen/energy/process_tree.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

#include "energy/fake_sysfs.h"

namespace turngreen::energy {
namespace {

using testing::Contains;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

TEST(ProcessTree, a_name_with_blanks_and_parentheses_does_not_shift_the_fields) {
  FakeSysfs proc;
  proc.write("42/stat",
             "42 (a) R 7 (b) S 17 42 42 0 -1 4194304 1 2 3 4 100 20 3000 400 20 0 1 0 5");
  const auto stat = read_process_stat(42, proc.root());
  ASSERT_TRUE(stat);
  EXPECT_EQ(stat->state, 'S');
  EXPECT_EQ(stat->parent, 17);
  EXPECT_EQ(stat->own_ticks, 120U);
  EXPECT_EQ(stat->waited_for_ticks, 3400U);
}

TEST(ProcessTree, a_cut_or_foreign_stat_file_is_no_process) {
  FakeSysfs proc;
  proc.write("1/stat", "1 (cut) S 17 42");
  proc.write("2/stat", "no process at all");
  proc.write("3/stat", "3 (x)");
  proc.write("4/stat",
             "4 (words) S one two three four five six seven eight nine ten eleven twelve");
  for (const pid_t process : {1, 2, 3, 4, 5}) {
    EXPECT_FALSE(read_process_stat(process, proc.root())) << process;
  }
}

TEST(ProcessTree, the_children_of_every_thread_are_found_in_the_kernels_lists) {
  FakeSysfs proc;
  proc.write("10/task/10/children", "11 12 ");
  proc.write("10/task/15/children", "16 ");
  EXPECT_THAT(children_of(10, proc.root()), UnorderedElementsAre(11, 12, 16));
}

TEST(ProcessTree, without_the_kernels_lists_children_are_found_by_their_parent) {
  FakeSysfs proc;
  const std::string rest = " 1 1 0 -1 0 0 0 0 0 1 1 1 1 20 0 1 0 5";
  proc.write("10/stat", "10 (root) S 1" + rest);
  proc.write("11/stat", "11 (child) S 10" + rest);
  proc.write("12/stat", "12 (grandchild) S 11" + rest);
  proc.write("13/stat", "13 (ended) Z 10" + rest);
  EXPECT_THAT(children_of(10, proc.root()), UnorderedElementsAre(11, 13));
  EXPECT_THAT(children_of(12, proc.root()), IsEmpty());
}

TEST(ProcessTree, a_real_child_that_ended_is_a_zombie_until_it_is_waited_for) {
  const pid_t child = ::fork();
  if (child == 0) ::_exit(0);
  siginfo_t info{};
  ASSERT_EQ(::waitid(P_PID, static_cast<id_t>(child), &info, WEXITED | WNOWAIT), 0);
  EXPECT_THAT(children_of(::getpid()), Contains(child));
  const auto stat = read_process_stat(child);
  ASSERT_TRUE(stat);
  EXPECT_EQ(stat->state, 'Z');
  EXPECT_EQ(stat->parent, ::getpid());
  ::waitpid(child, nullptr, 0);
  EXPECT_FALSE(read_process_stat(child));
}

}  // namespace
}  // namespace turngreen::energy
