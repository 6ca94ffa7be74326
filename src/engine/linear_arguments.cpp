#include "linear_arguments.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <array>
#include <charconv>
#include <cmath>

#include "option_choice.h"
#include "row_choices.h"
#include "threshold_text.h"

namespace turngreen::engine {
namespace {

using linear::Ngrams;

constexpr std::array<Choice<Ngrams>, 3> kNgrams = {
    {{"words", Ngrams::words}, {"characters", Ngrams::characters}, {"both", Ngrams::both}}};
constexpr std::array<Choice<bool>, 2> kWeights = {{{"equal", false}, {"balanced", true}}};

tl::unexpected<Error> refuse(std::string message) {
  return fail(Error::Kind::invalid_input, std::move(message));
}

void add_common(CLI::App& app, LinearOptions& options) {
  app.add_option("--threads", options.threads, "threads; all there are unless given")
      ->type_name("N")
      ->check(CLI::Range(1, 1024));
  add_choice(app, "--on-bad-row", kBadRows, options.on_bad_row)
      ->description("stop at a row that cannot be used, or leave it out");
  app.add_flag("--quiet", options.quiet, "neither progress nor summary");
}

void add_used_model(CLI::App& app, std::string& model, std::string& data) {
  app.add_option("--model", model, "the model folder")->type_name("DIR")->required();
  app.add_option("--data", data,
                 "JSON Lines, CSV, TSV, Parquet or Arrow; - is standard input (JSON Lines)")
      ->type_name("FILE")
      ->required();
}

void add_threshold(CLI::App& app, std::optional<double>& threshold) {
  app.add_option("--threshold", threshold,
                 "probability from which on class 1 of two, or a label of several, is answered; "
                 "without it that of the model folder")
      ->type_name("P")
      ->check(CLI::Range(0.0, 1.0));
}

void add_learning(CLI::App& app, LinearTrainArguments& arguments) {
  add_choice(app, "--ngrams", kNgrams, arguments.ngrams)
      ->description("runs of 1 to 3 words and symbols, of 2 to 5 characters in words, or both");
  app.add_option("--l2", arguments.l2,
                 "weight of |w|^2 / 2 beside the sum of the losses; validation: the first of 1, "
                 "0.1, 0.01 and 0.001 after which the validation rows score no better")
      ->type_name("validation|X")
      ->capture_default_str();
  app.add_option("--max-steps", arguments.max_steps, "iterations of L-BFGS for each --l2")
      ->type_name("N")
      ->check(CLI::Range(1, 1 << 20))
      ->capture_default_str();
  add_choice(app, "--class-weights", kWeights, arguments.is_balanced)
      ->description("balanced: rare classes weigh more in the loss");
  app.add_option("--seed", arguments.seed, "nothing is random here: every seed gives the same")
      ->type_name("N")
      ->capture_default_str();
  app.add_option("--metric-for-best-model", arguments.best_metric,
                 "what is best, by the name of its field: loss, f1_macro, ...")
      ->type_name("NAME")
      ->capture_default_str();
  app.add_option("--early-stopping-patience", arguments.patience,
                 "values of --l2 in a row without a better score, after which training ends")
      ->type_name("N")
      ->check(CLI::Range(1, 1 << 20))
      ->capture_default_str();
  app.add_option("--threshold", arguments.threshold,
                 "two classes: from which probability on the second is answered; validation: where "
                 "the validation rows score best")
      ->type_name("validation|X")
      ->capture_default_str();
  app.add_option("--threshold-metric", arguments.threshold_choice.metric,
                 "what the threshold is chosen for")
      ->type_name("NAME")
      ->check(
          CLI::IsMember({"f1_macro", "mcc", "accuracy", "balanced_accuracy", "f1_weighted", "f1"}))
      ->capture_default_str();
}

}  // namespace

void add_linear_train_options(CLI::App& app, LinearTrainArguments& arguments) {
  app.add_option("--train", arguments.train,
                 "training rows: JSON Lines, CSV, TSV, Parquet or Arrow")
      ->type_name("FILE")
      ->required();
  app.add_option("--validation", arguments.validation, "rows to choose --l2 and the threshold by")
      ->type_name("FILE");
  add_report_options(app, arguments.report);
  app.add_option("--text", arguments.text, "the column that holds the texts")
      ->type_name("COLUMN")
      ->required();
  app.add_option("--label", arguments.label, "the column that holds the labels")
      ->type_name("COLUMN")
      ->required();
  app.add_option("--output", arguments.output, "where the trained model goes")
      ->type_name("FOLDER")
      ->required();
  add_choice(app, "--problem", kProblems, arguments.problem)
      ->description("what a label is: one class, several, or a number");
  app.add_option("--json", arguments.json, "the summary as JSON; - is standard output")
      ->type_name("FILE");
  add_learning(app, arguments);
  add_common(app, arguments.common);
}

Result<void> settle(LinearTrainArguments& arguments) {
  if (auto fit = check_report_choices(arguments.report, arguments.validation.has_value()); !fit)
    return fit;
  auto threshold = parse_threshold(arguments.threshold, arguments.threshold_choice);
  if (!threshold) return tl::unexpected<Error>(threshold.error());
  arguments.threshold_choice = *threshold;
  if (arguments.l2 == "validation") return {};
  double value = 0;
  const char* end = arguments.l2.data() + arguments.l2.size();
  const auto [stop, fault] = std::from_chars(arguments.l2.data(), end, value);
  if (fault != std::errc() || stop != end || !(value >= 1e-6 && value <= 1e6)) {
    return refuse(fmt::format(
        "--l2 {}: must be validation, or a number from 1e-6 to 1e6 such as 0.1", arguments.l2));
  }
  arguments.fixed_l2 = value;
  return {};
}

void add_linear_evaluate_options(CLI::App& app, LinearEvaluateOptions& options) {
  add_used_model(app, options.model, options.data);
  app.add_option("--text", options.text,
                 "the column that holds the texts; without it that which the model was trained on")
      ->type_name("COLUMN");
  app.add_option("--label", options.label,
                 "the column that holds the labels; without it that which the model was trained on")
      ->type_name("COLUMN");
  app.add_option("--json", options.json,
                 "where the metrics go as JSON; - is standard output, instead of the table")
      ->type_name("FILE");
  app.add_option("--predictions", options.predictions,
                 "where the answer to each row goes, with its label: JSON Lines")
      ->type_name("FILE");
  add_threshold(app, options.threshold);
  app.add_option("--resamples", options.resamples, "of the rows, for the intervals; 0 gives none")
      ->type_name("N")
      ->check(CLI::Range(0, 1'000'000))
      ->capture_default_str();
  app.add_option("--confidence", options.confidence, "of the intervals")
      ->type_name("P")
      ->check(CLI::Range(0.5, 0.9999))
      ->capture_default_str();
  app.add_option("--seed", options.seed, "of the resamples")->type_name("N")->capture_default_str();
  add_common(app, options.common);
}

void add_linear_predict_options(CLI::App& app, LinearPredictOptions& options) {
  add_used_model(app, options.model, options.data);
  app.add_option("--output", options.output, "JSON Lines; - is standard output")
      ->type_name("FILE")
      ->required();
  app.add_option("--text", options.text,
                 "the column that holds the texts; without it that which the model was trained on")
      ->type_name("COLUMN");
  app.add_flag("--logits", options.with_logits, "also what the model gave before scores");
  add_threshold(app, options.threshold);
  add_common(app, options.common);
}

std::string_view name_of(Ngrams ngrams) { return name_in(kNgrams, ngrams); }

}  // namespace turngreen::engine
