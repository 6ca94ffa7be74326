#include "evaluate_command.h"

#include <CLI/CLI.hpp>
#include <memory>

#include "evaluate_model.h"
#include "exit_status.h"
#include "guarded_action.h"
#include "turngreen/engine/files/output_file.h"

namespace turngreen::engine {
namespace {

constexpr std::string_view kName = "evaluate";

struct Options {
  EvaluateOptions evaluation;
  std::string json;  ///< file; empty: none
};

int evaluate(Options& options, std::ostream& out, std::ostream& err) {
  // Made first: that it cannot be written is told before the work, not after it.
  std::optional<files::OutputFile> json;
  if (!options.json.empty()) {
    auto file = files::OutputFile::create(options.json);
    if (!file) return complain(err, kName, file.error());
    json.emplace(*std::move(file));
  }
  const auto report = evaluate_model(options.evaluation, err);
  if (!report) return complain(err, kName, report.error());
  if (json) {
    auto written = json->write(as_json(*report));
    if (written) written = json->finish();
    if (!written) return complain(err, kName, written.error());
  }
  if (!options.evaluation.compute.quiet && options.json != "-") out << as_text(*report);
  return kExitOk;
}

}  // namespace

Action configure_evaluate(CLI::App& app) {
  // Shared by the app, which parses into it, and the action, which reads it.
  const auto options = std::make_shared<Options>();
  auto& evaluation = options->evaluation;
  evaluation.compute.batch_size = 32;
  app.add_option("--model", evaluation.model, "the model folder")->type_name("DIR")->required();
  app.add_option("--data", evaluation.data,
                 "JSON Lines, CSV, TSV, Parquet or Arrow; - is standard input (JSON Lines)")
      ->type_name("FILE")
      ->required();
  app.add_option("--text", evaluation.text,
                 "the column that holds the texts; without it that which the model was trained on")
      ->type_name("COLUMN");
  app.add_option("--label", evaluation.label,
                 "the column that holds the labels; without it that which the model was trained on")
      ->type_name("COLUMN");
  app.add_option("--json", options->json,
                 "where the metrics go as JSON; - is standard output, instead of the table")
      ->type_name("FILE");
  app.add_option("--predictions", evaluation.predictions,
                 "where the answer to each row goes, with its label: JSON Lines")
      ->type_name("FILE");
  app.add_option("--threshold", evaluation.threshold,
                 "probability from which on class 1 of two, or a label of several, is answered; "
                 "without it that of the model folder")
      ->type_name("P")
      ->check(CLI::Range(0.0, 1.0));
  app.add_option("--resamples", evaluation.resamples,
                 "of the rows, for the intervals; 0 gives none")
      ->type_name("N")
      ->check(CLI::Range(0, 1'000'000))
      ->capture_default_str();
  app.add_option("--confidence", evaluation.confidence, "of the intervals")
      ->type_name("P")
      ->check(CLI::Range(0.5, 0.9999))
      ->capture_default_str();
  app.add_option("--seed", evaluation.seed, "of the resamples")
      ->type_name("N")
      ->capture_default_str();
  add_inference_options(app, evaluation.inference);
  add_compute_options(app, evaluation.compute);
  return guarded(kName, [options](std::ostream& out, std::ostream& err) {
    return evaluate(*options, out, err);
  });
}

}  // namespace turngreen::engine
