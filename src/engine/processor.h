#pragma once

#include <span>
#include <string_view>

namespace turngreen::engine {

/// Instructions that arithmetic gains from, and whether this processor has them, asked at run time.
struct InstructionSet {
  std::string_view name;  ///< as in /proc/cpuinfo: "avx2"
  bool is_there = false;
};

/// Empty where the processor's kind is not known to this build.
std::span<const InstructionSet> instruction_sets();

}  // namespace turngreen::engine
