#include "train_progress.h"

#include <fmt/format.h>

#include "turngreen/units/text.h"

namespace turngreen::engine {
namespace {

/// "41 s", "12 min", "3 h 20 min"
std::string duration_text(double seconds) {
  const auto whole = static_cast<std::int64_t>(seconds + 0.5);
  if (whole < 120) return fmt::format("{} s", whole);
  if (whole < 7200) return fmt::format("{} min", whole / 60);
  return fmt::format("{} h {} min", whole / 3600, whole / 60 % 60);
}

}  // namespace

void TrainProgress::begin_step() {
  evaluated_ = 0;
  step_began_ = Clock::now();
}

void TrainProgress::end_step(const train::Training& training, const train::StepWork& work) {
  pace_.seconds += std::chrono::duration<double>(Clock::now() - step_began_).count();
  ++pace_.steps;
  pace_.samples += work.examples;
  pace_.tokens += work.tokens;
  pace_.flops += static_cast<double>(work.flops);
  if (!is_due()) return;
  const train::TrainingState& state = training.state();
  const train::StepPlan& plan = training.plan();
  const double left = pace_.seconds / static_cast<double>(pace_.steps) *
                      static_cast<double>(plan.steps - state.step);
  std::string line = fmt::format("step {} of {}, epoch {:.2f}", state.step, plan.steps,
                                 plan.epochs_after(state.step));
  if (!state.log.empty()) line += fmt::format(", loss {:.4f}", state.log.back().loss);
  line += fmt::format(", {:.1f} samples/s, {:.0f} tokens/s", pace_.samples_per_second(),
                      pace_.tokens_per_second());
  if (const auto spent = meter_.so_far()) line += ", " + units::to_text(spent->energy.value);
  show(fmt::format("{}, {} left", line, duration_text(left)));
}

void TrainProgress::evaluated(std::int64_t examples) {
  evaluated_ += examples;
  if (is_due()) show(fmt::format("evaluating: {} validation rows", evaluated_));
}

void TrainProgress::clear() {
  if (is_shown_) out_ << "\r\033[K" << std::flush;
  is_shown_ = false;
}

bool TrainProgress::is_due() {
  const auto now = Clock::now();
  if (!is_wanted_ || now - shown_at_ < std::chrono::milliseconds(200)) return false;
  shown_at_ = now;
  return true;
}

void TrainProgress::show(const std::string& line) {
  is_shown_ = true;
  out_ << '\r' << line << "\033[K" << std::flush;
}

}  // namespace turngreen::engine
