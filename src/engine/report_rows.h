#pragma once

#include <optional>

#include "train/training.h"
#include "train/training_state.h"
#include "train_arguments.h"
#include "turngreen/units/result.h"

namespace turngreen::engine {

/// What a finished model is judged by.
struct RowsToReport {
  const train::Training& training;
  const data::Examples* validation = nullptr;
  const data::Examples* test = nullptr;  ///< if they are to be reported on
  infer::BatchDone done = {};            ///< as the test rows are answered
};

/// Tells the run protocol the metrics of the rows that the finished model is reported on, last of
/// all that were told, and writes its predictions if a file is named. The threshold of test rows is
/// that of the validation rows. Hands back what test rows gave; absent: none were asked for.
Result<std::optional<train::Evaluation>> report_rows(const TrainArguments& arguments,
                                                     const RowsToReport& rows);

}  // namespace turngreen::engine
