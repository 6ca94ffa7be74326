#pragma once

#include <c10/core/Device.h>

#include <cstdint>
#include <optional>
#include <string>

#include "answer_settings.h"
#include "compute_options.h"
#include "model/model.h"
#include "model_settings.h"
#include "turngreen/engine/checkpoint/model_folder.h"
#include "turngreen/engine/tokenizer/tokenizer.h"
#include "turngreen/units/result.h"

namespace turngreen::engine {

/// A model folder as it is used: without the weights yet, so that a mistake elsewhere is told
/// before they are read.
struct OpenedModel {
  checkpoint::ModelFolder folder;
  ModelSettings settings;
  tokenizer::Tokenizer tokenizer;  ///< cuts texts at max_length
  std::int64_t max_length = 0;     ///< tokens
  at::Device device = at::kCPU;

  /// The column of that option: what was asked for, else what the model was trained with. Error:
  /// neither is known.
  Result<std::string> text_column(const std::optional<std::string>& asked) const;
  Result<std::string> label_column(const std::optional<std::string>& asked) const;
  /// What was asked for, else the model folder's. Error: asked of a model that has no use for it.
  Result<AnswerThreshold> threshold(std::optional<double> asked) const;
};

/// Error: the device cannot be had; a folder without tokenizer.json; a max_length
/// beyond the model's positions.
Result<OpenedModel> open_model(const std::string& folder, ComputeOptions& options);

/// Error: the model has no classification head.
Result<void> check_head(const OpenedModel& opened);

enum class Head : std::uint8_t { needed, not_used };

/// The weights, within the stage load_model. Error: as Model::load; where a head is needed, none,
/// or one whose weights are not in the folder: nothing is answered by chance.
Result<model::Model> load_weights(const OpenedModel& opened, Head head);

}  // namespace turngreen::engine
