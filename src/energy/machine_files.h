#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

namespace turngreen::energy {

/// What /proc/cpuinfo tells of the processors.
struct CpuInfo {
  std::string model_name;     ///< empty where the kernel names none (64-bit Arm)
  unsigned logical_cpus = 0;  ///< online
  unsigned sockets = 0;       ///< 0: not told
  unsigned arm_implementer = 0;
  unsigned arm_part = 0;
};

/// All empty or 0 where the file cannot be read.
CpuInfo read_cpu_info(const std::filesystem::path& proc);

/// MemTotal of /proc/meminfo.
std::optional<std::uint64_t> read_memory_bytes(const std::filesystem::path& proc);

}  // namespace turngreen::energy
