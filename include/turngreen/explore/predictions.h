#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "turngreen/units/result.h"

namespace turngreen::explore {

/// What a run answered for each row of the evaluation data, and what was right.
struct Predictions {
  std::vector<std::string> classes;      ///< in the order of their first appearance
  std::vector<std::uint32_t> truth;      ///< for each row, index into `classes`
  std::vector<std::uint32_t> predicted;  ///< for each row, index into `classes`
  std::vector<std::string> ids;          ///< one for each row, all different; empty: no such column

  std::size_t rows() const { return truth.size(); }
  std::vector<std::uint64_t> truth_counts() const;  ///< rows of each class
};

/// Columns (CSV) or keys (JSON lines) that hold them; others are passed over.
struct PredictionColumns {
  std::string truth = "label";
  std::string predicted = "prediction";
  std::string id = "id";  ///< read where it is there
};

inline constexpr std::size_t kLargestPredictionsFile = 256'000'000;  ///< bytes
inline constexpr std::size_t kMostPredictionRows = 10'000'000;
inline constexpr std::size_t kMostClasses = 10'000;

/// Reads a predictions file: comma-separated with a header, or one JSON object per line (told by
/// its first character). A class is its text; blanks around it and the ".0" of a whole number do
/// not count, so that a column that was turned into floating point still matches. Error, with file
/// and line: no regular file, not readable, beyond the limits above, a column that is missing (with
/// the nearest), an empty cell, an id twice, no rows.
Result<Predictions> load_predictions(const std::filesystem::path& file,
                                     const PredictionColumns& columns);
/// The same from text; `name` is the file's in messages.
Result<Predictions> parse_predictions(std::string_view text, std::string_view name,
                                      const PredictionColumns& columns);

}  // namespace turngreen::explore
