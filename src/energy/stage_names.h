#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

#include "turngreen/energy/mark.h"

namespace turngreen::energy {

/// Gives each stage name a number, from any thread, without a lock or an allocation.
class StageNames {
 public:
  static constexpr std::size_t kMostNames = 1000;
  static constexpr std::size_t kMostBytes = 256;  ///< of a name; the rest is cut off
  static constexpr std::string_view kOthers = "(other stages)";

  StageNames();

  /// The same name gives the same id; once there are kMostNames, any new one is kOthers.
  StageId intern(std::string_view name) noexcept;
  /// The name behind an id that intern gave.
  std::string_view name(StageId stage) const noexcept;
  /// Whether a name had to be called kOthers.
  bool overflowed() const noexcept { return overflowed_.load(std::memory_order_relaxed); }

 private:
  static constexpr std::size_t kSlots = 4096;  // power of two, sparse enough to probe little
  static constexpr StageId kOthersId{kMostNames + 1};

  struct Entry {
    std::uint64_t hash = 0;
    std::size_t size = 0;
    std::array<char, kMostBytes> bytes;
  };

  bool holds(std::uint32_t entry, std::uint64_t hash, std::string_view name) const noexcept;

  std::unique_ptr<Entry[]> entries_;
  std::array<std::atomic<std::uint32_t>, kSlots> slots_{};  // entry + 1; 0: free
  std::atomic<std::uint32_t> used_{0};
  std::atomic<bool> overflowed_{false};
};

}  // namespace turngreen::energy
