#include "tokenize_file.h"

#include <fmt/format.h>

#include "progress_line.h"
#include "row_read_ahead.h"
#include "token_rows.h"
#include "turngreen/engine/files/output_file.h"

namespace turngreen::engine {
namespace {

/// Rows that each thread is given at a time.
constexpr std::size_t kRowsForEach = 4096;

Result<void> set_length(tokenizer::Tokenizer& tokenizer, const TokenizeFileOptions& options) {
  if (options.no_truncation) return tokenizer.set_truncation(std::nullopt);
  if (!options.max_length) return {};
  auto truncation = tokenizer.truncation().value_or(tokenizer::Truncation());
  truncation.max_length = *options.max_length;
  return tokenizer.set_truncation(truncation);
}

/// Writes what becomes of rows, and counts it.
class RowsOutput {
 public:
  RowsOutput(files::OutputFile file, const data::RowReader& reader, std::ostream& err)
      : file_(std::move(file)), reader_(reader), err_(err) {}

  /// `bad_row`: what is done with rows whose text cannot be encoded.
  Result<void> write(const TokenRows& run, std::span<const data::Row> rows, data::BadRows bad_row) {
    for (const UnfitRow& bad : run.bad) {
      const std::string message =
          fmt::format("{}: {}", reader_.place_of(rows[bad.index]), bad.error.message);
      if (bad_row == data::BadRows::error) {
        return tl::unexpected<Error>(data::bad_row_error(message));
      }
      tell(message);
    }
    summary_.rows += run.rows;
    summary_.tokens += run.tokens;
    summary_.bad_rows += run.bad.size();
    return file_.write(run.text);
  }
  void tell(std::string_view bad_row) {
    constexpr int kTold = 10;
    if (told_++ < kTold) err_ << fmt::format("turngreen tokenize: skipped {}\n", bad_row);
  }
  Result<TokenizeSummary> finish(std::uint64_t rows_not_read) {
    if (const auto finished = file_.finish(); !finished) {
      return tl::unexpected<Error>(finished.error());
    }
    summary_.bad_rows += rows_not_read;
    return summary_;
  }

 private:
  files::OutputFile file_;
  const data::RowReader& reader_;
  std::ostream& err_;
  int told_ = 0;
  TokenizeSummary summary_;
};

}  // namespace

Result<TokenizeSummary> tokenize_file(tokenizer::Tokenizer& tokenizer,
                                      const TokenizeFileOptions& options, std::ostream& err) {
  if (const auto set = set_length(tokenizer, options); !set)
    return tl::unexpected<Error>(set.error());
  auto reader = data::RowReader::open(options.input, options.read);
  if (!reader) return tl::unexpected<Error>(reader.error());
  auto file = files::OutputFile::create(options.output);
  if (!file) return tl::unexpected<Error>(file.error());

  RowsOutput output(*std::move(file), *reader, err);
  TokenRowWriter writer(tokenizer, {options.with_offsets, options.threads});
  ProgressLine progress(err, options.shows_progress);
  const std::uint64_t bytes_in_all = reader->bytes_in_all();
  RowReadAhead input(*reader, kRowsForEach * static_cast<std::size_t>(options.threads));
  RowBatch batch;
  do {
    if (const auto read = input.next(batch); !read) return tl::unexpected<Error>(read.error());
    for (const data::BadRow& bad : batch.bad_rows) output.tell(bad.message);
    for (const TokenRows& run : writer.write(batch.rows)) {
      const auto written = output.write(run, batch.rows, options.read.on_bad_row);
      if (!written) return tl::unexpected<Error>(written.error());
    }
    progress.show("tokenizing", batch.bytes_read, bytes_in_all);
  } while (!batch.rows.empty());
  return output.finish(batch.bad_row_count);
}

}  // namespace turngreen::engine
