#include "predict_command.h"

#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>

#include "compute_options.h"
#include "example_chunks.h"
#include "exit_status.h"
#include "guarded_action.h"
#include "infer/forward_flops.h"
#include "infer/logits.h"
#include "inference_arguments.h"
#include "loaded_model.h"
#include "model/check_ids.h"
#include "prediction_lines.h"
#include "progress_line.h"
#include "skipped_rows.h"
#include "turngreen/engine/files/output_file.h"
#include "turngreen_run.hpp"
#include "work_text.h"

namespace turngreen::engine {
namespace {

constexpr std::string_view kName = "predict";

struct Options {
  std::string model;
  std::string data;
  std::string output;
  std::optional<std::string> text;
  std::optional<double> threshold;
  bool with_logits = false;
  ComputeOptions compute;
  InferenceArguments inference;
};

struct Counts {
  std::uint64_t rows = 0;
  std::uint64_t bad_rows = 0;
  std::uint64_t tokens = 0;
  double flops = 0;
};

/// Rows that lie in memory together: enough for batches of similar length.
std::size_t chunk_of(const ComputeOptions& options) {
  return static_cast<std::size_t>(std::max<std::int64_t>(1024, 16 * options.batch_size));
}

std::vector<float> answers(const infer::ReadyModel& ready, const data::Examples& examples) {
  const run::Stage stage("predict");
  return infer::logits_of(ready, examples, [](std::int64_t rows, std::int64_t tokens) {
    run::progress(static_cast<std::uint64_t>(rows), static_cast<std::uint64_t>(tokens));
  });
}

/// How a file is answered.
struct Way {
  infer::InferenceOptions inference;
  std::optional<double> threshold;
  const OwnMeter& meter;
};

Result<Counts> predict_file(const Options& options, const OpenedModel& opened, const Way& way,
                            std::ostream& err) {
  const auto text = opened.text_column(options.text);
  if (!text) return tl::unexpected<Error>(text.error());
  auto chunks = ExampleChunks::open(
      options.data, {.text = *text, .label = {}, .on_bad_row = options.compute.on_bad_row},
      opened.tokenizer, options.compute.threads);
  if (!chunks) return tl::unexpected<Error>(chunks.error());
  auto output = files::OutputFile::create(options.output);
  if (!output) return tl::unexpected<Error>(output.error());
  const auto model = load_weights(opened, Head::needed);
  if (!model) return tl::unexpected<Error>(model.error());

  const infer::ReadyModel ready(*model, way.inference);
  const PredictionLines lines({*model->labels(), way.threshold, options.with_logits});
  ProgressLine progress(err, !options.compute.quiet && ::isatty(STDERR_FILENO) == 1, &way.meter);
  SkippedRows skipped(err, kName);
  Counts counts;
  while (true) {
    const auto examples = chunks->next(chunk_of(options.compute));
    if (!examples) return tl::unexpected<Error>(examples.error());
    skipped.tell(chunks->told_bad_rows());
    if (examples->size() == 0) break;
    if (const auto known = model::check_ids(*examples, model->architecture(), options.data); !known)
      return tl::unexpected<Error>(known.error());
    const auto logits = answers(ready, *examples);
    std::string out;
    for (std::size_t n = 0; n < examples->rows.size(); ++n) {
      lines.append(out, examples->rows[n],
                   std::span(logits).subspan(n * lines.outputs(), lines.outputs()));
    }
    if (const auto written = output->write(out); !written) {
      return tl::unexpected<Error>(written.error());
    }
    counts.rows += examples->rows.size();
    counts.tokens += examples->ids.size();
    counts.flops += static_cast<double>(
        infer::forward_flops({model->architecture(), lines.outputs()}, *examples, way.inference));
    progress.show("predicting", chunks->bytes_read(), chunks->bytes_in_all());
  }
  counts.bad_rows = chunks->bad_rows();
  if (const auto finished = output->finish(); !finished) {
    return tl::unexpected<Error>(finished.error());
  }
  return counts;
}

int predict(Options& options, std::ostream& err) {
  OwnMeter meter;
  const auto opened = open_model(options.model, options.compute);
  if (!opened) return complain(err, kName, opened.error());
  if (const auto head = check_head(*opened); !head) return complain(err, kName, head.error());
  const auto threshold = opened->threshold(options.threshold);
  if (!threshold) return complain(err, kName, threshold.error());
  const auto inference = settle(options.inference, options.compute, *opened);
  if (!inference) return complain(err, kName, inference.error());
  tell_effective(options.compute, opened->device);
  tell_inference(*inference);
  run::effective("attention", std::string(attention_name(*inference)));
  const auto counts =
      predict_file(options, *opened, {*inference, threshold->probability, meter}, err);
  if (!counts) return complain(err, kName, counts.error());
  run::metric("predict_flops", counts->flops);
  if (!options.compute.quiet) {
    err << fmt::format(
        "turngreen predict: {} rows, {} tokens{}; {}{}\n", counts->rows, counts->tokens,
        counts->bad_rows == 0 ? "" : fmt::format(", {} bad rows skipped", counts->bad_rows),
        work_text({opened->device, *inference, counts->flops, meter.finish()}),
        threshold->probability
            ? fmt::format(", threshold {:.4g} ({})", *threshold->probability, threshold->from)
            : std::string());
  }
  return kExitOk;
}

}  // namespace

Action configure_predict(CLI::App& app) {
  // Shared by the app, which parses into it, and the action, which reads it.
  const auto options = std::make_shared<Options>();
  options->compute.batch_size = 32;
  app.add_option("--model", options->model, "the model folder")->type_name("DIR")->required();
  app.add_option("--data", options->data,
                 "JSON Lines, CSV, TSV, Parquet or Arrow; - is standard input (JSON Lines)")
      ->type_name("FILE")
      ->required();
  app.add_option("--output", options->output, "JSON Lines; - is standard output")
      ->type_name("FILE")
      ->required();
  app.add_option("--text", options->text,
                 "the column that holds the texts; without it that which the model was trained on")
      ->type_name("COLUMN");
  app.add_flag("--logits", options->with_logits, "also what the model gave before scores");
  app.add_option("--threshold", options->threshold,
                 "probability from which on class 1 of two, or a label of several, is answered; "
                 "without it that of the model folder")
      ->type_name("P")
      ->check(CLI::Range(0.0, 1.0));
  add_inference_options(app, options->inference);
  add_compute_options(app, options->compute);
  return guarded(kName,
                 [options](std::ostream&, std::ostream& err) { return predict(*options, err); });
}

}  // namespace turngreen::engine
