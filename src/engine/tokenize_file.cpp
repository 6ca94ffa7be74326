#include "tokenize_file.h"

#include <fmt/format.h>

#include "line_batches.h"
#include "progress_line.h"
#include "token_rows.h"
#include "turngreen/engine/files/output_file.h"

namespace turngreen::engine {
namespace {

/// Bytes that each thread is given at a time.
constexpr std::size_t kBytesForEach = std::size_t{2} << 20;

std::vector<InputRow> rows_of(const LineBatch& batch, std::uint64_t& next_row) {
  std::vector<InputRow> rows;
  std::uint64_t line = batch.first_line;
  for (const std::string_view text : batch.lines) {
    const bool is_blank = text.find_first_not_of(" \t") == std::string_view::npos;
    if (!is_blank) rows.push_back({next_row++, line, text});
    ++line;
  }
  return rows;
}

Result<void> set_length(tokenizer::Tokenizer& tokenizer, const TokenizeFileOptions& options) {
  if (options.no_truncation) return tokenizer.set_truncation(std::nullopt);
  if (!options.max_length) return {};
  auto truncation = tokenizer.truncation().value_or(tokenizer::Truncation());
  truncation.max_length = *options.max_length;
  return tokenizer.set_truncation(truncation);
}

/// Error: the first bad row, unless they are skipped.
Result<void> take_bad_rows(const TokenRows& run, const TokenizeFileOptions& options,
                           TokenizeSummary& summary, std::ostream& err) {
  const std::string file = options.input == "-" ? "standard input" : options.input;
  for (const BadRow& bad : run.bad) {
    const std::string what = fmt::format("{}:{}: {}", file, bad.line, bad.error.message);
    if (!options.skips_bad_rows) {
      return fail(bad.error.kind, what + "; --on-bad-row skip leaves such rows out");
    }
    constexpr std::uint64_t kTold = 10;
    if (summary.bad_rows++ < kTold) err << fmt::format("turngreen tokenize: skipped {}\n", what);
  }
  return {};
}

}  // namespace

Result<TokenizeSummary> tokenize_file(tokenizer::Tokenizer& tokenizer,
                                      const TokenizeFileOptions& options, std::ostream& err) {
  if (const auto set = set_length(tokenizer, options); !set)
    return tl::unexpected<Error>(set.error());
  auto input = LineBatches::open(options.input);
  if (!input) return tl::unexpected<Error>(input.error());
  auto output = files::OutputFile::create(options.output);
  if (!output) return tl::unexpected<Error>(output.error());

  TokenRowWriter writer(tokenizer, {options.column, options.with_offsets, options.threads});
  ProgressLine progress(err, options.shows_progress);
  TokenizeSummary summary;
  std::uint64_t next_row = 0;
  while (true) {
    const auto batch = input->next(kBytesForEach * static_cast<std::size_t>(options.threads));
    if (!batch) return tl::unexpected<Error>(batch.error());
    if (batch->lines.empty()) break;
    const auto rows = rows_of(*batch, next_row);
    for (const TokenRows& run : writer.write(rows)) {
      if (const auto taken = take_bad_rows(run, options, summary, err); !taken) {
        return tl::unexpected<Error>(taken.error());
      }
      if (const auto written = output->write(run.text); !written)
        return tl::unexpected<Error>(written.error());
      summary.rows += run.rows;
      summary.tokens += run.tokens;
    }
    progress.show("tokenizing", input->bytes_read(), input->bytes_in_all());
  }
  if (const auto finished = output->finish(); !finished)
    return tl::unexpected<Error>(finished.error());
  return summary;
}

}  // namespace turngreen::engine
