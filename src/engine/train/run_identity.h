#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/model.h"
#include "train/train_options.h"
#include "train/training.h"
#include "turngreen/units/result.h"

namespace turngreen::train {

/// All that decides the outcome of a run, by name: what must be the same for a checkpoint to be
/// gone on from. Options by their names, contents by their hashes.
using RunIdentity = std::vector<std::pair<std::string, std::string>>;

/// `model` as it is before the first step.
RunIdentity run_identity(const TrainOptions& options, const TrainingData& data,
                         const model::Model& model);

/// The first thing that is another, for people: "learning-rate was 5e-05 and is 3e-05".
std::optional<std::string> difference(const RunIdentity& was, const RunIdentity& is);

std::string run_identity_json(const RunIdentity& identity);
/// `file` stands for it in errors.
Result<RunIdentity> parse_run_identity(std::string_view json, std::string_view file);

}  // namespace turngreen::train
