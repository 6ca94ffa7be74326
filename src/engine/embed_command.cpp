#include "embed_command.h"

#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>

#include "compute_options.h"
#include "embedding_output.h"
#include "example_chunks.h"
#include "exit_status.h"
#include "guarded_action.h"
#include "infer/forward_flops.h"
#include "infer/sentence_vectors.h"
#include "inference_arguments.h"
#include "loaded_model.h"
#include "model/check_ids.h"
#include "progress_line.h"
#include "skipped_rows.h"
#include "turngreen_run.hpp"
#include "work_text.h"

namespace turngreen::engine {
namespace {

constexpr std::string_view kName = "embed";

struct Options {
  std::string model;
  std::string data;
  std::string output;
  std::optional<std::string> text;
  bool normalize = false;     ///< whatever the model folder says
  bool no_normalize = false;  ///< likewise
  ComputeOptions compute;
  InferenceArguments inference;
};

struct Counts {
  std::uint64_t rows = 0;
  std::uint64_t bad_rows = 0;
  std::uint64_t tokens = 0;
  double flops = 0;
};

/// How a file is turned into vectors.
struct Way {
  infer::InferenceOptions inference;
  bool normalized = false;
  const OwnMeter& meter;
};

Result<Counts> embed_file(const Options& options, const OpenedModel& opened, const Way& way,
                          std::ostream& err) {
  const auto text = opened.text_column(options.text);
  if (!text) return tl::unexpected<Error>(text.error());
  auto chunks = ExampleChunks::open(
      options.data, {.text = *text, .label = {}, .on_bad_row = options.compute.on_bad_row},
      opened.tokenizer, options.compute.threads);
  if (!chunks) return tl::unexpected<Error>(chunks.error());
  auto output = EmbeddingOutput::create(options.output);
  if (!output) return tl::unexpected<Error>(output.error());
  const auto model = load_weights(opened, Head::not_used);
  if (!model) return tl::unexpected<Error>(model.error());

  const infer::ReadyModel ready(*model, way.inference);
  const auto chunk =
      static_cast<std::size_t>(std::max<std::int64_t>(1024, 16 * options.compute.batch_size));
  ProgressLine progress(err, !options.compute.quiet && ::isatty(STDERR_FILENO) == 1, &way.meter);
  SkippedRows skipped(err, kName);
  Counts counts;
  while (true) {
    const auto examples = chunks->next(chunk);
    if (!examples) return tl::unexpected<Error>(examples.error());
    skipped.tell(chunks->told_bad_rows());
    if (examples->size() == 0) break;
    if (const auto known = model::check_ids(*examples, model->architecture(), options.data); !known)
      return tl::unexpected<Error>(known.error());
    std::vector<float> vectors;
    {
      const run::Stage stage("embed");
      vectors = infer::sentence_vectors_of(ready, *examples, way.normalized);
      run::progress(examples->rows.size(), examples->ids.size());
    }
    if (const auto written = output->write(examples->rows, vectors); !written) {
      return tl::unexpected<Error>(written.error());
    }
    counts.rows += examples->rows.size();
    counts.tokens += examples->ids.size();
    counts.flops += static_cast<double>(
        infer::forward_flops({model->architecture(), std::nullopt}, *examples, way.inference));
    progress.show("embedding", chunks->bytes_read(), chunks->bytes_in_all());
  }
  counts.bad_rows = chunks->bad_rows();
  if (const auto finished = output->finish(model->architecture().hidden); !finished) {
    return tl::unexpected<Error>(finished.error());
  }
  return counts;
}

int embed(Options& options, std::ostream& err) {
  OwnMeter meter;
  const auto opened = open_model(options.model, options.compute);
  if (!opened) return complain(err, kName, opened.error());
  if (const auto& obstacle = opened->folder.sentence_obstacle()) {
    return complain(err, kName,
                    {Error::Kind::unsupported, fmt::format("{}: {}", options.model, *obstacle)});
  }
  const bool normalized =
      options.normalize || (!options.no_normalize && opened->folder.normalizes_sentences());
  const auto inference = settle(options.inference, options.compute, *opened);
  if (!inference) return complain(err, kName, inference.error());
  tell_effective(options.compute, opened->device);
  tell_inference(*inference);
  run::effective("attention", std::string(attention_name(*inference)));
  const auto counts = embed_file(options, *opened, {*inference, normalized, meter}, err);
  if (!counts) return complain(err, kName, counts.error());
  run::metric("embed_flops", counts->flops);
  if (!options.compute.quiet) {
    err << fmt::format(
        "turngreen embed: {} rows, {} tokens{}; {} values each{}; {}\n", counts->rows,
        counts->tokens,
        counts->bad_rows == 0 ? "" : fmt::format(", {} bad rows skipped", counts->bad_rows),
        opened->folder.config().architecture.hidden, normalized ? ", of length 1" : "",
        work_text({opened->device, *inference, counts->flops, meter.finish()}));
  }
  return kExitOk;
}

}  // namespace

Action configure_embed(CLI::App& app) {
  // Shared by the app, which parses into it, and the action, which reads it.
  const auto options = std::make_shared<Options>();
  options->compute.batch_size = 32;
  app.add_option("--model", options->model, "the model folder")->type_name("DIR")->required();
  app.add_option("--data", options->data,
                 "JSON Lines, CSV, TSV, Parquet or Arrow; - is standard input (JSON Lines)")
      ->type_name("FILE")
      ->required();
  app.add_option("--text", options->text,
                 "the column that holds the texts; without it that which the model was trained on")
      ->type_name("COLUMN");
  app.add_option("--output", options->output,
                 "JSON Lines, or tensors where the name ends in .safetensors; - is standard output")
      ->type_name("FILE")
      ->required();
  auto* normalize = app.add_flag("--normalize", options->normalize,
                                 "vectors of length 1, whatever the model folder says");
  app.add_flag("--no-normalize", options->no_normalize,
               "vectors as they are, whatever the model folder says")
      ->excludes(normalize);
  add_inference_options(app, options->inference);
  add_compute_options(app, options->compute);
  return guarded(kName,
                 [options](std::ostream&, std::ostream& err) { return embed(*options, err); });
}

}  // namespace turngreen::engine
