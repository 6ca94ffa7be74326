#include "turngreen/energy/machine.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "energy/fake_sysfs.h"
#include "energy/machine_files.h"

namespace turngreen::energy {
namespace {

TEST(Machine, model_cpus_sockets_memory_and_system_come_from_the_files) {
  FakeSysfs root;
  root.write("proc/cpuinfo",
             "processor\t: 0\nmodel name\t: AMD EPYC 7763 64-Core Processor\nphysical id\t: 0\n\n"
             "processor\t: 1\nmodel name\t: AMD EPYC 7763 64-Core Processor\nphysical id\t: 1\n\n"
             "processor\t: 2\nmodel name\t: AMD EPYC 7763 64-Core Processor\nphysical id\t: 1\n");
  root.write("proc/meminfo", "MemFree: 5 kB\nHugePages_Total: 0\nMemTotal:       1024 kB");
  root.write("os-release", "NAME=x\nPRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"");
  const auto machine = describe_machine(root.root() / "proc", root.root() / "os-release");
  EXPECT_EQ(machine.cpu_model, "AMD EPYC 7763 64-Core Processor");
  EXPECT_EQ(machine.logical_cpus, 3U);
  EXPECT_EQ(machine.sockets, 2U);
  EXPECT_EQ(machine.memory_bytes, 1024U * 1024U);
  EXPECT_EQ(machine.os, "Debian GNU/Linux 12 (bookworm)");
  EXPECT_THAT(machine.kernel, testing::StartsWith("Linux "));
}

TEST(Machine, the_name_of_the_system_may_be_quoted_or_not) {
  FakeSysfs root;
  root.write("single", "PRETTY_NAME='Arch Linux'");
  root.write("bare", "PRETTY_NAME=Alpine");
  EXPECT_EQ(describe_machine("/proc", root.root() / "single").os, "Arch Linux");
  EXPECT_EQ(describe_machine("/proc", root.root() / "bare").os, "Alpine");
}

TEST(Machine, what_no_file_tells_stays_empty) {
  FakeSysfs root;
  const auto machine = describe_machine(root.root(), root.root() / "os-release");
  EXPECT_EQ(machine.cpu_model, "");
  EXPECT_EQ(machine.logical_cpus, 0U);
  EXPECT_EQ(machine.sockets, 0U);
  EXPECT_EQ(machine.memory_bytes, 0U);
  EXPECT_EQ(machine.os, "");
}

TEST(Machine, this_one_has_processors_and_memory) {
  const auto machine = describe_machine();
  EXPECT_GE(machine.logical_cpus, 1U);
  EXPECT_GT(machine.memory_bytes, 1U << 20);
}

TEST(MachineFiles, arm_processors_tell_implementer_and_part) {
  FakeSysfs proc;
  proc.write("cpuinfo", "processor\t: 0\nCPU implementer\t: 0x41\nCPU part\t: 0xd0c\n");
  const auto info = read_cpu_info(proc.root());
  EXPECT_EQ(info.arm_implementer, 0x41U);
  EXPECT_EQ(info.arm_part, 0xD0CU);
}

TEST(MachineFiles, memory_is_absent_where_its_line_is) {
  FakeSysfs proc;
  EXPECT_FALSE(read_memory_bytes(proc.root()));
  proc.write("meminfo", "MemFree: 5 kB");
  EXPECT_FALSE(read_memory_bytes(proc.root()));
}

}  // namespace
}  // namespace turngreen::energy
