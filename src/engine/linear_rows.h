#pragma once

#include <cstdint>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "linear_arguments.h"
#include "turngreen/engine/checkpoint/architecture.h"
#include "turngreen/engine/data/examples.h"
#include "turngreen/engine/data/row_reader.h"
#include "turngreen/units/result.h"

namespace turngreen::engine {

struct LinearRowsToLoad {
  std::string_view command;  ///< for messages: "train"
  std::string file;
  data::ReadOptions read;  ///< with a label's column
  linear::Ngrams ngrams = linear::Ngrams::words;
  std::optional<checkpoint::Problem> problem = {};  ///< absent: by the first row's label
  std::optional<checkpoint::Labels> labels = {};    ///< the model's; absent: those that occur
  LinearOptions common;
};

struct LinearRows {
  data::Examples examples;  ///< ids are buckets of n-grams
  checkpoint::Labels labels;
  std::uint64_t bad_rows = 0;
};

/// Reads a file with labels as data::load_examples does, with n-grams for tokens. Bad rows that are
/// skipped, and progress, go to `err`; the stages load_data and tokenize to the run protocol.
/// Error: as there, and a file without rows.
Result<LinearRows> load_linear_rows(const LinearRowsToLoad& what, std::ostream& err);

/// Adds the n-grams of these rows, within the stage tokenize.
void append_texts(data::Examples& examples, linear::Ngrams ngrams,
                  const std::vector<data::Row>& rows, int threads);

}  // namespace turngreen::engine
