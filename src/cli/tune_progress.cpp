#include "tune_progress.h"

#include <fmt/format.h>

#include <algorithm>

#include "turngreen/units/text.h"

namespace turngreen::cli {
namespace {

std::string result_text(const study::StudyFile& study, const pipeline::Outcome& outcome) {
  if (outcome.ending != pipeline::Ending::completed) {
    return fmt::format("{}: {}", pipeline::to_string(outcome.ending), outcome.reason);
  }
  std::string text = outcome.energy ? units::to_text(outcome.energy->value) : "energy not measured";
  if (const auto metric = outcome.metric(study.quality.metric)) {
    text += fmt::format("  {} {:.4g}", study.quality.metric, *metric);
  }
  return text;
}

}  // namespace

TuneProgress::TuneProgress(const study::StudyFile& study, std::ostream& out,
                           const Terminal& terminal, bool quiet)
    : study_(study), out_(out), terminal_(terminal), quiet_(quiet) {}

TuneProgress::~TuneProgress() { clear(); }

void TuneProgress::clear() {
  if (!shown_) return;
  out_ << "\r\x1b[K" << std::flush;
  shown_ = false;
}

void TuneProgress::rewrite(const std::string& line) {
  if (quiet_ || !terminal_.is_terminal) return;
  out_ << '\r' << line.substr(0, std::max<std::size_t>(terminal_.columns, 20) - 1) << "\x1b[K"
       << std::flush;
  shown_ = true;
}

std::string TuneProgress::best_text() const {
  if (!best_.better_than_baseline) return "none better than the baseline yet";
  return fmt::format("best saves {:.0f} % ({:.0f} .. {:.0f})", 100 * best_.saving.value,
                     100 * best_.saving.low, 100 * best_.saving.high);
}

std::string TuneProgress::left_text() const {
  if (!study_.budget.trials || trials_ == 0) return {};
  const auto left = *study_.budget.trials - std::min(trials_, *study_.budget.trials);
  const auto each = time_ / static_cast<double>(trials_);
  return fmt::format(", at most {} left", units::to_text(each * static_cast<double>(left)));
}

void TuneProgress::resumed(const std::vector<study::Trial>& finished) {
  for (const auto& trial : finished) {
    if (!trial.outcome) continue;
    ++trials_;
    if (trial.outcome->energy) spent_ += trial.outcome->energy->value;
    time_ += trial.outcome->time;
  }
  if (quiet_ || trials_ == 0) return;
  out_ << fmt::format("turngreen: going on with study {}: {} trial{}, {} spent so far\n",
                      study_.name, trials_, trials_ == 1 ? "" : "s", units::to_text(spent_));
}

void TuneProgress::started(const study::Trial& trial, const std::string& reason) {
  const auto share = trial.assignment.fidelity;
  current_ =
      fmt::format("trial {} {}{}: {}", trial.number, study::to_string(trial.assignment.purpose),
                  share < 1 ? fmt::format(" at {:g} % of the job", 100 * share) : "",
                  study_.space.describe(trial.assignment.configuration));
  rewrite(fmt::format("{} ({})", current_, reason));
}

void TuneProgress::running(const pipeline::RunProgress& progress) {
  rewrite(fmt::format("{}  {}  {} | {}, {} spent{}", current_, units::to_text(progress.time),
                      units::to_text(progress.energy), best_text(),
                      units::to_text(spent_ + progress.energy), left_text()));
}

void TuneProgress::finished(const study::Trial& trial,
                            const explore::Recommendation& recommendation) {
  ++trials_;
  if (trial.outcome->energy) spent_ += trial.outcome->energy->value;
  time_ += trial.outcome->time;
  best_ = recommendation;
  clear();
  if (quiet_) return;
  out_ << fmt::format("{}  {} | {}, {} spent\n", current_, result_text(study_, *trial.outcome),
                      best_text(), units::to_text(spent_))
       << std::flush;
}

}  // namespace turngreen::cli
