#include "linear_prediction.h"

#include <fmt/format.h>
#include <unistd.h>

#include "answer_settings.h"
#include "linear_rows.h"
#include "opened_linear_model.h"
#include "prediction_lines.h"
#include "progress_line.h"
#include "skipped_rows.h"
#include "turngreen/engine/files/output_file.h"
#include "turngreen_run.hpp"
#include "usable_threads.h"

namespace turngreen::engine {
namespace {

constexpr std::size_t kRowsAtATime = 4096;

Result<void> read(data::RowReader& reader, std::vector<data::Row>& rows) {
  const run::Stage stage("load_data");
  return reader.next(rows, kRowsAtATime);
}

std::string lines_of(const PredictionLines& lines, const linear::LinearModel& model,
                     const data::Examples& examples, int threads) {
  const run::Stage stage("predict");
  const auto logits = model.answer(examples, threads);
  std::string text;
  for (std::size_t n = 0; n < examples.rows.size(); ++n) {
    lines.append(text, examples.rows[n],
                 std::span(logits).subspan(n * lines.outputs(), lines.outputs()));
  }
  run::progress(examples.rows.size(), examples.ids.size());
  return text;
}

}  // namespace

Result<void> predict_with_linear_model(LinearPredictOptions& options, std::ostream& err) {
  if (options.common.threads == 0) options.common.threads = usable_threads();
  const auto opened = OpenedLinearModel::open(options.model);
  if (!opened) return tl::unexpected<Error>(opened.error());
  const linear::LinearModel& model = opened->model;
  const auto threshold =
      answer_threshold(options.threshold, model.labels(), opened->settings, options.model);
  if (!threshold) return tl::unexpected<Error>(threshold.error());
  const auto text = column_of("--text COLUMN", options.text, opened->settings.text_column);
  if (!text) return tl::unexpected<Error>(text.error());
  tell_linear(*opened, options.common);
  auto reader = data::RowReader::open(
      options.data, {.text = *text, .label = {}, .on_bad_row = options.common.on_bad_row});
  if (!reader) return tl::unexpected<Error>(reader.error());
  auto output = files::OutputFile::create(options.output);
  if (!output) return tl::unexpected<Error>(output.error());

  const PredictionLines lines({model.labels(), threshold->probability, options.with_logits});
  ProgressLine progress(err, !options.common.quiet && ::isatty(STDERR_FILENO) == 1);
  SkippedRows skipped(err, "predict");
  std::uint64_t count = 0;
  std::uint64_t ngrams = 0;
  std::vector<data::Row> rows;
  while (true) {
    if (const auto done = read(*reader, rows); !done) return done;
    skipped.tell(reader->bad_rows());
    if (rows.empty()) break;
    data::Examples examples;
    append_texts(examples, model.ngrams(), rows, options.common.threads);
    const std::string answered = lines_of(lines, model, examples, options.common.threads);
    if (const auto written = output->write(answered); !written) return written;
    count += rows.size();
    ngrams += examples.ids.size();
    progress.show("predicting", reader->bytes_read(), reader->bytes_in_all());
  }
  progress.clear();
  if (const auto finished = output->finish(); !finished) return finished;
  run::metric("predict_flops",
              2 * static_cast<double>(ngrams) * static_cast<double>(model.outputs()));
  if (!options.common.quiet) {
    err << fmt::format(
        "turngreen predict: {} rows, {} n-grams{}{}\n", count, ngrams,
        reader->bad_row_count() == 0
            ? ""
            : fmt::format(", {} bad rows skipped", reader->bad_row_count()),
        threshold->probability
            ? fmt::format(", threshold {:.4g} ({})", *threshold->probability, threshold->from)
            : std::string());
  }
  return {};
}

}  // namespace turngreen::engine
