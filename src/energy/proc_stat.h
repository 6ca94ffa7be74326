#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <utility>

#include "turngreen/units/duration.h"
#include "turngreen/units/result.h"

namespace turngreen::energy {

/// The busy time of all processors together, from the first line of /proc/stat, kept open.
/// Move-only; reading allocates nothing.
class ProcStat {
 public:
  static Result<ProcStat> open(const std::filesystem::path& proc);
  ProcStat(ProcStat&& other) noexcept
      : fd_(std::exchange(other.fd_, -1)), logical_cpus_(other.logical_cpus_), tick_(other.tick_) {}
  ProcStat& operator=(ProcStat&&) = delete;
  ~ProcStat();

  /// Online when it was opened.
  unsigned logical_cpus() const { return logical_cpus_; }
  /// The unit in which the kernel counts: 10 ms nearly everywhere (USER_HZ).
  units::Duration tick() const { return tick_; }

  /// user + nice + system + irq + softirq. Steal is left out: then the hypervisor ran somebody
  /// else. Guest time is part of user. Absent when the file cannot be read.
  std::optional<units::Duration> busy() const noexcept;

 private:
  explicit ProcStat(int fd) : fd_(fd) {}

  int fd_ = -1;
  unsigned logical_cpus_ = 0;
  units::Duration tick_;
};

}  // namespace turngreen::energy
