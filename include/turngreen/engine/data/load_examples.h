#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "turngreen/engine/checkpoint/architecture.h"
#include "turngreen/engine/data/examples.h"
#include "turngreen/engine/data/repeated_rows.h"
#include "turngreen/engine/data/row_reader.h"
#include "turngreen/engine/data/token_cache.h"
#include "turngreen/engine/tokenizer/tokenizer.h"
#include "turngreen/units/result.h"

namespace turngreen::data {

/// Called after each piece of the file. `in_all` is 0 where it is not known.
using LoadProgress = std::function<void(std::uint64_t bytes, std::uint64_t in_all)>;

struct LoadOptions {
  ReadOptions read = {};
  /// What a label is. Absent: multi_label where the first row's label is a list, else single_label.
  std::optional<checkpoint::Problem> problem = {};
  /// The model's, whose problem then counts. Absent: the classes are those that occur.
  std::optional<checkpoint::Labels> labels = {};
  int threads = 1;
  RepeatSearch repeats = {};
  const TokenCache* cache = nullptr;  ///< of the same tokenizer; none: texts are tokenized
  LoadProgress progress = {};
};

struct LoadedExamples {
  Examples examples;
  /// Those given, else those found: LABEL_0, ... where all labels are the integers 0 to n - 1;
  /// other integers in their order; other labels sorted by their bytes. Without names where no
  /// labels were asked for.
  checkpoint::Labels labels;
  RepeatedRows repeated;          ///< as options.repeats asked for them
  std::uint64_t cached_rows = 0;  ///< whose tokens were in the cache
  std::uint64_t bad_rows = 0;
  std::vector<BadRow> told_bad_rows;  ///< the first of them, RowReader::kMostTold at most
};

/// Reads a file and tokenizes its texts, truncated as the tokenizer is set to. What comes out does
/// not depend on the number of threads. Tells the run protocol of the stages "load_data" and
/// "tokenize", which alternate, and of the samples and tokens of the latter.
///
/// Labels, in short (docs/engine-data.md tells all): one of several classes by its name or, where
/// no name is an integer, its number; several by a list of names, or of a 0 or 1 for each class; or
/// a finite number. Every row must have one if a label's column is named.
///
/// Error: tokens cannot be written into the cache; as RowReader's; a label that does not fit, as a
/// bad row; more than kMostClasses classes; all rows are bad. A file without rows is none.
Result<LoadedExamples> load_examples(const std::string& file, const tokenizer::Tokenizer& tokenizer,
                                     const LoadOptions& options);

inline constexpr std::size_t kMostClasses = 10'000;

}  // namespace turngreen::data
