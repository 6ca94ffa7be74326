#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_set>

#include "class_labels.h"
#include "turngreen/explore/predictions.h"
#include "turngreen/units/result.h"

namespace turngreen::explore {

/// One row of a predictions file.
struct PredictionRow {
  std::string_view truth;
  std::string_view predicted;
  std::optional<std::string_view> id;
};

/// Collects the rows of a predictions file, and holds them to its limits.
class PredictionRows {
 public:
  /// Error: too many rows or classes, an empty class, an id that came before, an id in some rows
  /// only.
  Result<void> add(const PredictionRow& row);
  std::size_t count() const { return found_.rows(); }
  Predictions take() &&;

 private:
  ClassLabels labels_;
  Predictions found_;
  std::unordered_set<std::string> seen_ids_;
};

/// Each reads all rows; the error begins with "NAME:LINE: ".
Result<void> read_csv(std::string_view text, std::string_view name,
                      const PredictionColumns& columns, PredictionRows& rows);
Result<void> read_json_lines(std::string_view text, std::string_view name,
                             const PredictionColumns& columns, PredictionRows& rows);

/// "there is no column 'lable' ...; did you mean 'label'?"
std::string missing_column(std::string_view what, std::string_view column,
                           std::span<const std::string> found);

}  // namespace turngreen::explore
