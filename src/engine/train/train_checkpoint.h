#pragma once

#include <cstdint>
#include <filesystem>

#include "train/run_identity.h"
#include "train/training.h"
#include "turngreen/engine/checkpoint/model_folder.h"

namespace turngreen::train {

/// Where checkpoints of a run go.
struct CheckpointPlace {
  std::filesystem::path output;           ///< each becomes a folder in it
  RunIdentity identity;                   ///< of the run
  const checkpoint::ModelFolder& source;  ///< whose tokenizer goes with the weights
  std::int64_t kept = 1;                  ///< the last so many stay
};

/// The model as transformers keeps it, with the tokenizer of `source`, into a folder that is made
/// for it: the caller puts it in its place.
Result<void> save_weights(const std::filesystem::path& folder, const model::Model& model,
                          const checkpoint::ModelFolder& source);

/// Writes a checkpoint of what `training` holds: a model folder, and beside it the optimizer's
/// moments, the random generators, the best weights so far and the state. It appears as a whole.
Result<void> save_checkpoint(const CheckpointPlace& place, const Training& training);

/// Goes on from the last checkpoint; false where there is none. Error: it is of another run (what
/// differs is named), or damaged.
Result<bool> resume_from_checkpoint(const CheckpointPlace& place, Training& training);

}  // namespace turngreen::train
