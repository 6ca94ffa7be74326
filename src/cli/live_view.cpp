#include "live_view.h"

#include "turngreen/report/live_line.h"

namespace turngreen::cli {
namespace {
constexpr const char* kClearLine = "\r\033[K";
}

LiveView::LiveView(std::ostream& out, const Terminal& terminal) : out_(out), terminal_(terminal) {}

LiveView::~LiveView() {
  if (shown_) out_ << kClearLine << std::flush;
}

void LiveView::show(const energy::Statement& snapshot) {
  if (!terminal_.is_terminal || snapshot.time() <= units::Duration()) return;
  std::optional<units::Power> power;
  const auto& total = snapshot.total.energy;
  if (total && shown_ && snapshot.time() > last_time_) {
    power = (total->value - last_energy_) / (snapshot.time() - last_time_);
  }
  out_ << kClearLine << report::live_line(snapshot, power, terminal_.columns - 1) << std::flush;
  shown_ = true;
  last_time_ = snapshot.time();
  if (total) last_energy_ = total->value;
}

}  // namespace turngreen::cli
