#pragma once

#include <chrono>
#include <cstdint>
#include <ostream>
#include <string>
#include <string_view>

#include "own_meter.h"
#include "train/training.h"

namespace turngreen::engine {

/// What was done in this process, and how long it took.
struct TrainingPace {
  std::int64_t steps = 0;
  std::int64_t samples = 0;
  std::int64_t tokens = 0;  ///< real ones
  double flops = 0;
  double seconds = 0;  ///< without evaluations and checkpoints

  double samples_per_second() const {
    return seconds > 0 ? static_cast<double>(samples) / seconds : 0;
  }
  double tokens_per_second() const {
    return seconds > 0 ? static_cast<double>(tokens) / seconds : 0;
  }
};

/// How far training is: a line on a terminal, written over and over.
class TrainProgress {
 public:
  /// `meter` must outlive it.
  TrainProgress(std::ostream& out, bool is_wanted, const OwnMeter& meter)
      : out_(out), is_wanted_(is_wanted), meter_(meter) {}
  ~TrainProgress() { clear(); }
  TrainProgress(const TrainProgress&) = delete;
  TrainProgress& operator=(const TrainProgress&) = delete;

  void begin_step();
  void end_step(const train::Training& training, const train::StepWork& work);
  void evaluated(std::int64_t examples);
  void clear();

  const TrainingPace& pace() const { return pace_; }

 private:
  using Clock = std::chrono::steady_clock;
  bool is_due();
  void show(const std::string& line);

  std::ostream& out_;
  bool is_wanted_;
  const OwnMeter& meter_;
  bool is_shown_ = false;
  Clock::time_point shown_at_{};
  Clock::time_point step_began_{};
  TrainingPace pace_;
  std::int64_t evaluated_ = 0;
};

}  // namespace turngreen::engine
