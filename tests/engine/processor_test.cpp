#include "processor.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <sstream>
#include <string>

namespace turngreen::engine {
namespace {

TEST(Processor, instruction_sets_are_those_that_the_kernel_tells_of) {
  std::ifstream in("/proc/cpuinfo");
  std::string flags;
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("flags")) flags = line + " ";
  }
  if (flags.empty()) GTEST_SKIP() << "/proc/cpuinfo tells of no flags here";
  for (const InstructionSet& set : instruction_sets()) {
    const bool is_told = flags.find(" " + std::string(set.name) + " ") != std::string::npos;
    EXPECT_EQ(set.is_there, is_told) << set.name;
  }
}

}  // namespace
}  // namespace turngreen::engine
