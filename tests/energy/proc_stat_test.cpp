#include "energy/proc_stat.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "energy/fake_sysfs.h"

namespace turngreen::energy {
namespace {

using testing::HasSubstr;

TEST(ProcStat, busy_is_user_nice_system_irq_and_softirq) {
  FakeSysfs proc;
  proc.write("stat",
             "cpu  1 20 300 900000 80000 4000 50000 600000 7000000 80000000\n"
             "cpu0 1 20 300 900000 80000 4000 50000 600000 7000000 80000000\nintr 1");
  const auto stat = ProcStat::open(proc.root());
  ASSERT_TRUE(stat) << stat.error().message;
  EXPECT_EQ(stat->busy(), stat->tick() * 54321);
}

TEST(ProcStat, logical_cpus_are_those_with_a_line_of_their_own) {
  FakeSysfs proc;
  proc.write("stat", "cpu  1 1 1 1 1 1 1\ncpu0 1 1 1 1 1 1 1\ncpu3 0 0 0 0 0 0 0\nctxt 1\ncpu9 1");
  EXPECT_EQ(ProcStat::open(proc.root())->logical_cpus(), 2U);
}

TEST(ProcStat, a_missing_or_foreign_file_is_an_error_that_names_it) {
  FakeSysfs proc;
  EXPECT_EQ(ProcStat::open(proc.root()).error().kind, Error::Kind::not_found);
  for (const char* text :
       {"", "cpu", "cpu  1 2\ncpu0 1 2", "nothing of the kind", "cpu  a b c\ncpu0"}) {
    proc.write("stat", text);
    const auto stat = ProcStat::open(proc.root());
    ASSERT_FALSE(stat) << text;
    EXPECT_EQ(stat.error().kind, Error::Kind::invalid_input);
    EXPECT_THAT(stat.error().message, HasSubstr((proc.root() / "stat").string()));
  }
}

TEST(ProcStat, the_busy_time_of_this_machine_grows_while_we_work) {
  const auto stat = ProcStat::open("/proc");
  ASSERT_TRUE(stat) << stat.error().message;
  EXPECT_GE(stat->logical_cpus(), 1U);
  EXPECT_GT(stat->busy(), units::Duration{});
}

}  // namespace
}  // namespace turngreen::energy
