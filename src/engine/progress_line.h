#pragma once

#include <chrono>
#include <cstdint>
#include <ostream>
#include <string>
#include <string_view>

#include "own_meter.h"

namespace turngreen::engine {

/// One line on a terminal, written over and over: how far something is. Nothing where it is not
/// wanted.
class ProgressLine {
 public:
  /// `meter`: whose joules are told, too; null: none. It must outlive the line.
  ProgressLine(std::ostream& out, bool is_wanted, const OwnMeter* meter = nullptr)
      : out_(out), is_wanted_(is_wanted), meter_(meter) {}
  ~ProgressLine() { clear(); }
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  /// At most ten times a second. `in_all` is 0 where it is not known.
  void show(std::string_view what, std::uint64_t bytes, std::uint64_t in_all);
  /// The same of rows, and how many a second.
  void show_rows(std::string_view what, std::uint64_t rows, std::uint64_t in_all);
  void clear();

 private:
  using Clock = std::chrono::steady_clock;
  /// ", 12.3 J", or nothing.
  std::string joules() const;

  std::ostream& out_;
  bool is_wanted_;
  const OwnMeter* meter_;
  bool is_shown_ = false;
  Clock::time_point begin_ = Clock::now();
  Clock::time_point shown_at_{};
};

}  // namespace turngreen::engine
