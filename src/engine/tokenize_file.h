#pragma once

#include <cstdint>
#include <optional>
#include <ostream>
#include <string>

#include "turngreen/engine/data/row_reader.h"
#include "turngreen/engine/tokenizer/tokenizer.h"
#include "turngreen/units/result.h"

namespace turngreen::engine {

struct TokenizeFileOptions {
  data::ReadOptions read;  ///< the column whose texts are encoded, what is done with bad rows
  std::string input;       ///< "-": standard input
  std::string output;      ///< "-": standard output
  bool with_offsets = false;
  std::optional<std::size_t> max_length;  ///< tokens, instead of the tokenizer's
  bool no_truncation = false;
  int threads = 1;
  bool shows_progress = false;
};

struct TokenizeSummary {
  std::uint64_t rows = 0;  ///< written
  std::uint64_t bad_rows = 0;
  std::uint64_t tokens = 0;
};

/// Encodes a column of a file, in memory that does not grow with it. Bad rows that are skipped, and
/// progress, go to `err`. Error: what cannot be read or written, or the first bad row, by file and
/// line; then the output is as it was before.
Result<TokenizeSummary> tokenize_file(tokenizer::Tokenizer& tokenizer,
                                      const TokenizeFileOptions& options, std::ostream& err);

}  // namespace turngreen::engine
