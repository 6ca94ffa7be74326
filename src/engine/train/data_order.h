#pragma once

#include <cstdint>
#include <vector>

#include "train/train_options.h"
#include "turngreen/engine/data/examples.h"

namespace turngreen::train {

using Batch = std::vector<std::int64_t>;  ///< numbers of examples

/// The batches of an epoch (from 0), in their order: every example once, all batches full but one.
/// The order is that of transformers' Trainer with accelerate's SeedableRandomSampler: randperm by
/// a generator seeded with seed + epoch.
std::vector<Batch> batches_of_epoch(const data::Examples& examples, const TrainOptions& options,
                                    std::int64_t epoch);

}  // namespace turngreen::train
