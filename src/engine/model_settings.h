#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "turngreen/units/result.h"

namespace turngreen::engine {

/// How a model is to be used that its other files do not tell: turngreen.json in the model folder,
/// written by `train`, read by `evaluate`, `predict` and `embed`. transformers passes it over.
struct ModelSettings {
  std::optional<std::string> text_column;   ///< whose texts it was trained on
  std::optional<std::string> label_column;  ///< that holds what it learned
  std::optional<std::int64_t> max_length;   ///< tokens that its texts were cut at
  /// Two classes: 1 is answered from this probability on. Multi-label: a label is.
  std::optional<double> threshold;
  /// How the threshold was come by, for people: "chosen on the validation rows for f1_macro".
  std::optional<std::string> threshold_from;

  friend bool operator==(const ModelSettings&, const ModelSettings&) = default;
};

inline constexpr std::string_view kModelSettingsFile = "turngreen.json";

/// All absent where the folder has no such file. Keys that are not known are passed over. Error: no
/// JSON object, a value of the wrong type or out of range.
Result<ModelSettings> read_model_settings(const std::filesystem::path& folder);

/// Writes the file whole or not at all; what is absent is left out.
Result<void> write_model_settings(const std::filesystem::path& folder,
                                  const ModelSettings& settings);

}  // namespace turngreen::engine
