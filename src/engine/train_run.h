#pragma once

#include <ostream>

#include "train/train.h"
#include "train_arguments.h"
#include "turngreen/units/result.h"

namespace turngreen::engine {

/// From the files to the trained model: reads, trains, saves and sums up. The summary goes to `out`
/// (unless quiet), progress and bad rows to `err`.
Result<train::End> run_training(TrainArguments& arguments, std::ostream& out, std::ostream& err);

}  // namespace turngreen::engine
