#pragma once

#include "infer/logits.h"
#include "model/model.h"
#include "train/train_options.h"
#include "train/training_state.h"
#include "turngreen/engine/data/examples.h"

namespace turngreen::train {

/// Rows that were answered, and what the answers are worth.
struct ScoredRows {
  metrics::Outputs outputs;
  Evaluation evaluation;  ///< step and epoch are left to the caller
};

/// Answers the rows and scores them, at the threshold that the options say.
ScoredRows score_rows(const model::Model& model, const data::Examples& examples,
                      const TrainOptions& options, const infer::BatchDone& done = {});

}  // namespace turngreen::train
