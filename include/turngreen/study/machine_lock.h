#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <utility>
#include <vector>

#include "turngreen/units/result.h"

namespace turngreen::study {

/// The right to measure on this machine, held by one process at a time, of whichever user: while
/// two programs are measured at once, neither's energy can be told. Released at the end, and by the
/// kernel where the process is killed. Move-only; programs that are started do not inherit it.
class MachineLock {
 public:
  /// Where the lock's file may lie; the first that has it, else the first in which it can be made.
  static std::vector<std::filesystem::path> usual_places();

  /// Waits as long as it takes; `waiting` is called some times a second meanwhile, and not at all
  /// where nobody else measures. It may be empty. Error: none of the places can be used.
  static Result<MachineLock> acquire(
      const std::function<void()>& waiting,
      const std::vector<std::filesystem::path>& places = usual_places());
  /// The same, but gives up (absent) once `go_on` returns false.
  static Result<std::optional<MachineLock>> acquire_while(
      const std::function<bool()>& go_on,
      const std::vector<std::filesystem::path>& places = usual_places());

  MachineLock(MachineLock&& other) noexcept : file_(std::exchange(other.file_, -1)) {}
  MachineLock& operator=(MachineLock&& other) noexcept {
    std::swap(file_, other.file_);
    return *this;
  }
  ~MachineLock();

 private:
  explicit MachineLock(int file) : file_(file) {}
  int file_;  ///< open and locked; -1: moved from
};

}  // namespace turngreen::study
