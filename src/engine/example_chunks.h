#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "turngreen/engine/data/encoders.h"
#include "turngreen/engine/data/examples.h"
#include "turngreen/engine/data/row_reader.h"
#include "turngreen/engine/tokenizer/tokenizer.h"
#include "turngreen/units/result.h"

namespace turngreen::engine {

/// Texts of a file as ids, piece by piece, so that memory does not grow with the file. No labels.
/// Tells the run protocol of the stages load_data and tokenize.
class ExampleChunks {
 public:
  /// The tokenizer must outlive it. Error: as RowReader::open.
  static Result<ExampleChunks> open(const std::string& file, const data::ReadOptions& options,
                                    const tokenizer::Tokenizer& tokenizer, int threads);

  /// Up to `limit` further examples; none at the end. Error: reading failed, or a bad row where
  /// those are errors.
  Result<data::Examples> next(std::size_t limit);

  /// Those left out by the last next(), the first of them.
  const std::vector<data::BadRow>& told_bad_rows() const { return told_; }
  std::uint64_t bad_rows() const { return reader_.bad_row_count() + unfit_; }  ///< so far
  std::uint64_t bytes_read() const { return reader_.bytes_read(); }
  std::uint64_t bytes_in_all() const { return reader_.bytes_in_all(); }  ///< 0: not known

 private:
  ExampleChunks(data::RowReader reader, data::Encoders encoders, data::BadRows on_bad_row);
  Result<data::Examples> tokenized();

  data::RowReader reader_;
  data::Encoders encoders_;
  data::BadRows on_bad_row_;
  std::vector<data::Row> rows_;
  std::vector<data::BadRow> told_;
  std::uint64_t unfit_ = 0;  ///< rows that were read well and cannot be encoded
};

}  // namespace turngreen::engine
