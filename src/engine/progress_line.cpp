#include "progress_line.h"

#include <fmt/format.h>

#include "turngreen/units/text.h"

namespace turngreen::engine {

std::string ProgressLine::joules() const {
  const auto spent = meter_ == nullptr ? std::nullopt : meter_->so_far();
  return spent ? ", " + units::to_text(spent->energy.value) : std::string();
}

void ProgressLine::show(std::string_view what, std::uint64_t bytes, std::uint64_t in_all) {
  const auto now = Clock::now();
  if (!is_wanted_ || now - shown_at_ < std::chrono::milliseconds(100)) return;
  shown_at_ = now;
  is_shown_ = true;
  const double seconds = std::chrono::duration<double>(now - begin_).count();
  const double megabytes = static_cast<double>(bytes) / 1e6;
  std::string line = fmt::format("\r{} {:.1f} MB", what, megabytes);
  if (in_all > 0) {
    const double left = seconds * (static_cast<double>(in_all) / static_cast<double>(bytes) - 1);
    line += fmt::format(" of {:.1f}, {:.0f} s left", static_cast<double>(in_all) / 1e6, left);
  }
  out_ << line
       << fmt::format(", {:.1f} MB/s{}\033[K", seconds > 0 ? megabytes / seconds : 0.0, joules())
       << std::flush;
}

void ProgressLine::show_rows(std::string_view what, std::uint64_t rows, std::uint64_t in_all) {
  const auto now = Clock::now();
  if (!is_wanted_ || rows == 0 || now - shown_at_ < std::chrono::milliseconds(100)) return;
  shown_at_ = now;
  is_shown_ = true;
  const double seconds = std::chrono::duration<double>(now - begin_).count();
  const auto done = static_cast<double>(rows);
  out_ << fmt::format("\r{} {} of {} rows, {:.0f} s left, {:.1f} rows/s{}\033[K", what, rows,
                      in_all, seconds * (static_cast<double>(in_all) / done - 1),
                      seconds > 0 ? done / seconds : 0.0, joules())
       << std::flush;
}

void ProgressLine::clear() {
  if (is_shown_) out_ << "\r\033[K" << std::flush;
  is_shown_ = false;
}

}  // namespace turngreen::engine
