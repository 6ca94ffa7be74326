#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "turngreen/engine/tokenizer/encoder.h"
#include "turngreen/engine/tokenizer/tokenizer.h"
#include "turngreen/units/result.h"

namespace turngreen::engine {

/// A row of the input: a line that is not blank.
struct InputRow {
  std::uint64_t row;   ///< from 0
  std::uint64_t line;  ///< from 1
  std::string_view text;
};

struct BadRow {
  std::uint64_t line;
  Error error;
};

/// What a run of rows became.
struct TokenRows {
  std::string text;  ///< a line of JSON for each good row
  std::vector<BadRow> bad;
  std::uint64_t rows = 0;  ///< good ones
  std::uint64_t tokens = 0;
};

struct TokenRowOptions {
  std::string column;
  bool with_offsets = false;
  int threads = 1;
};

/// Turns rows into lines of JSON on several threads. What comes out does not depend on how many.
class TokenRowWriter {
 public:
  /// The tokenizer must outlive it.
  TokenRowWriter(const tokenizer::Tokenizer& tokenizer, TokenRowOptions options);

  /// In the order of the rows.
  std::vector<TokenRows> write(std::span<const InputRow> rows);

 private:
  void write_one(const InputRow& row, tokenizer::Encoder& encoder, TokenRows& out) const;

  TokenRowOptions options_;
  std::vector<tokenizer::Encoder> encoders_;  ///< one for each thread
};

}  // namespace turngreen::engine
