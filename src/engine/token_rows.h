#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "turngreen/engine/data/encoders.h"
#include "turngreen/engine/data/row_reader.h"
#include "turngreen/engine/tokenizer/tokenizer.h"
#include "turngreen/units/result.h"

namespace turngreen::engine {

/// A row whose text cannot be encoded.
struct UnfitRow {
  std::size_t index = 0;  ///< among the rows that were given
  Error error;
};

/// What a run of rows became.
struct TokenRows {
  std::string text;  ///< a line of JSON for each good row
  std::vector<UnfitRow> bad;
  std::uint64_t rows = 0;  ///< good ones
  std::uint64_t tokens = 0;
};

struct TokenRowOptions {
  bool with_offsets = false;
  int threads = 1;
};

/// Turns rows into lines of JSON on several threads. What comes out does not depend on how many.
class TokenRowWriter {
 public:
  /// The tokenizer must outlive it.
  TokenRowWriter(const tokenizer::Tokenizer& tokenizer, TokenRowOptions options)
      : encoders_(tokenizer, options.threads), with_offsets_(options.with_offsets) {}

  /// In the order of the rows.
  std::vector<TokenRows> write(std::span<const data::Row> rows);

 private:
  data::Encoders encoders_;
  bool with_offsets_;
};

}  // namespace turngreen::engine
