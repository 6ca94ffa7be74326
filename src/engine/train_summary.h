#pragma once

#include <string>

#include "train/training.h"
#include "train_arguments.h"
#include "train_data.h"
#include "train_progress.h"

namespace turngreen::engine {

/// What there is to be told at the end.
struct TrainSummary {
  const TrainArguments& arguments;
  const train::Training& training;
  const TrainingPace& pace;
  std::string device;
  std::int64_t max_length = 0;
  const TrainingRows& rows;
  std::optional<train::Evaluation> test = {};  ///< of the test rows, where they were asked
  std::optional<EnergySpent> energy;           ///< absent: not metered by this process
};

std::string train_summary_text(const TrainSummary& summary);
std::string train_summary_json(const TrainSummary& summary);

}  // namespace turngreen::engine
