#include "train_arguments.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <array>
#include <limits>

#include "inference_arguments.h"
#include "model_options.h"
#include "option_choice.h"
#include "real_range.h"
#include "row_choices.h"
#include "threshold_text.h"
#include "train_choices.h"

namespace turngreen::engine {
namespace {

using train::Batching;
using train::ClassWeights;
using train::Every;
using train::Schedule;

constexpr std::array<Choice<Every>, 3> kStrategies = {
    {{"no", Every::never}, {"epoch", Every::epoch}, {"steps", Every::steps}}};
constexpr std::array<Choice<LabelSource>, 2> kLabelSources = {
    {{"model", LabelSource::model}, {"data", LabelSource::data}}};
constexpr std::array<Choice<std::optional<ReportedRows>>, 2> kReported = {
    {{"validation", ReportedRows::validation}, {"test", ReportedRows::test}}};
constexpr std::array<Choice<bool>, 2> kKept = {{{"best", true}, {"last", false}}};

constexpr auto kMost = std::numeric_limits<std::int32_t>::max();
const CLI::Range kCount(1, kMost);

void add_files(CLI::App& app, TrainArguments& arguments) {
  app.add_option("--model", arguments.model, "the model folder to begin with")
      ->type_name("FOLDER")
      ->required();
  app.add_option("--train", arguments.train,
                 "training rows: JSON Lines, CSV, TSV, Parquet or Arrow")
      ->type_name("FILE")
      ->required();
  app.add_option("--validation", arguments.validation,
                 "rows to choose the weights and the threshold by")
      ->type_name("FILE");
  app.add_option("--test", arguments.test,
                 "rows that nothing is chosen by: the finished model answers them once")
      ->type_name("FILE");
  add_choice(app, "--report-on", kReported, arguments.report_on)
      ->description(
          "the rows that the metrics at the end and the predictions are of; test, where they are "
          "given")
      ->default_str("");
  app.add_option("--predictions", arguments.predictions,
                 "where the finished model's answer to each of those rows goes: JSON Lines")
      ->type_name("FILE");
  app.add_option("--text", arguments.text, "the column that holds the texts")->type_name("COLUMN");
  app.add_option("--label", arguments.label, "the column that holds the labels")
      ->type_name("COLUMN");
  app.add_option("--output", arguments.output, "where the trained model goes, and its checkpoints")
      ->type_name("FOLDER")
      ->required();
  add_choice(app, "--problem", kProblems, arguments.problem)
      ->description("what a label is: one class, several, or a number");
  add_choice(app, "--labels-from", kLabelSources, arguments.labels)
      ->description("whether a model's own classes hold, or those of the data");
  app.add_option("--json", arguments.json, "the summary as JSON; - is standard output")
      ->type_name("FILE");
}

void add_steps(CLI::App& app, train::TrainOptions& options) {
  const RealRange share(0, 1, false);
  app.add_option("--epochs,--num-train-epochs", options.epochs, "passes over the training rows")
      ->type_name("X")
      ->check(RealRange(1e-6, 1e6, true))
      ->capture_default_str();
  app.add_option("--max-steps", options.max_steps, "optimizer steps, instead of epochs")
      ->type_name("N")
      ->check(kCount);
  app.add_option("--gradient-accumulation,--gradient-accumulation-steps",
                 options.gradient_accumulation, "batches of one optimizer step")
      ->type_name("N")
      ->check(kCount)
      ->capture_default_str();
  app.add_option("--learning-rate", options.learning_rate, "of AdamW, at its peak")
      ->type_name("X")
      ->check(RealRange(0, 1e3, true))
      ->capture_default_str();
  add_choice(app, "--lr-scheduler-type", kSchedules, options.schedule)
      ->description("how the learning rate falls");
  app.add_option("--warmup-ratio", options.warmup_ratio, "share of the steps over which it rises")
      ->type_name("X")
      ->check(share)
      ->capture_default_str();
  app.add_option("--warmup-steps", options.warmup_steps, "the same as a number of steps")
      ->type_name("N")
      ->check(CLI::Range(0, kMost));
  app.add_option("--weight-decay", options.weight_decay, "of AdamW; not of biases and norms")
      ->type_name("X")
      ->check(RealRange(0, 1e3, true))
      ->capture_default_str();
  app.add_option("--adam-beta1", options.adam_beta1)->check(share)->capture_default_str();
  app.add_option("--adam-beta2", options.adam_beta2)->check(share)->capture_default_str();
  app.add_option("--adam-epsilon", options.adam_epsilon)
      ->check(RealRange(0, 1, true))
      ->capture_default_str();
  app.add_option("--max-grad-norm", options.max_grad_norm,
                 "gradients are clipped to this norm; 0: they are not")
      ->type_name("X")
      ->check(RealRange(0, 1e9, true))
      ->capture_default_str();
  app.add_option("--label-smoothing-factor", options.label_smoothing)
      ->type_name("X")
      ->check(share)
      ->capture_default_str();
  add_choice(app, "--class-weights", kClassWeights, options.class_weights)
      ->description("balanced: rare classes weigh more in the loss");
  app.add_option("--seed", options.seed, "of the data's order, dropout and new weights")
      ->type_name("N")
      ->capture_default_str();
  app.add_option("--dropout", options.dropout, "in all places, instead of the model's own")
      ->type_name("X")
      ->check(share);
}

void add_batches(CLI::App& app, TrainArguments& arguments) {
  add_choice(app, "--precision", kPrecisions, arguments.options.precision)
      ->description("of matrix products; weights stay in fp32");
  add_choice(app, "--attention", kAttentions, arguments.attention)
      ->description(
          "libtorch's scaled_dot_product_attention (sdpa), step by step (eager), or our own over "
          "packed texts (packed), which is that of --compile on");
  add_choice(app, "--compile", kCompile, arguments.options.kernels)
      ->description("on: fused kernels between the matrix products; for packed texts");
  add_choice(app, "--batching", kBatchings, arguments.options.batching)
      ->description(
          "how texts share a batch: filled up to the longest allowed, to the longest there, sorted "
          "by length, or head to tail without a pad token");
}

void add_evaluation(CLI::App& app, TrainArguments& arguments) {
  train::TrainOptions& options = arguments.options;
  app.add_option("--logging-steps", options.logging_steps, "steps of an entry of the log")
      ->type_name("N")
      ->check(kCount)
      ->capture_default_str();
  add_choice(app, "--eval-strategy", kStrategies, options.evaluate)
      ->description("when the validation rows are evaluated");
  app.add_option("--eval-steps", options.evaluate_steps)
      ->type_name("N")
      ->check(kCount)
      ->capture_default_str();
  app.add_option("--eval-batch-size", options.inference.batch_size)
      ->type_name("N")
      ->check(kCount)
      ->capture_default_str();
  add_inference_options(app, options.inference);
  add_choice(app, "--keep", kKept, options.keeps_best)
      ->description("whether the weights that scored best are saved, or the last ones");
  app.add_option("--metric-for-best-model", options.best_metric,
                 "what is best, by the name of its field: loss, f1_macro, ...")
      ->type_name("NAME")
      ->capture_default_str();
  add_choice(app, "--early-stopping", kEarlyStopping, arguments.early_stopping)
      ->description(
          "end training once the validation rows score no better; on: after one such "
          "evaluation, or --early-stopping-patience");
  app.add_option("--early-stopping-patience", options.early_stopping_patience,
                 "evaluations in a row without a better one, after which training ends")
      ->type_name("N")
      ->check(kCount);
  app.add_option("--threshold", arguments.threshold,
                 "two classes: from which probability on the second is answered; validation: where "
                 "the validation rows score best")
      ->type_name("validation|X")
      ->capture_default_str();
  app.add_option("--threshold-metric", options.threshold.metric, "what the threshold is chosen for")
      ->type_name("NAME")
      ->check(
          CLI::IsMember({"f1_macro", "mcc", "accuracy", "balanced_accuracy", "f1_weighted", "f1"}))
      ->capture_default_str();
}

void add_checkpoints(CLI::App& app, TrainArguments& arguments) {
  train::TrainOptions& options = arguments.options;
  add_choice(app, "--save-strategy", kStrategies, options.checkpoint)
      ->description("when checkpoints are written, to resume from");
  app.add_option("--save-steps", options.checkpoint_steps)
      ->type_name("N")
      ->check(kCount)
      ->capture_default_str();
  app.add_option("--keep-checkpoints,--save-total-limit", arguments.kept_checkpoints,
                 "the last so many stay")
      ->type_name("N")
      ->check(kCount)
      ->capture_default_str();
  auto* restart = app.add_flag("--restart", arguments.restarts,
                               "begin anew, and remove the checkpoints that are there");
  app.add_flag("--resume", arguments.resumes,
               "go on from the last checkpoint, which must be there; without it, if it is there")
      ->excludes(restart);
}

tl::unexpected<Error> refuse(std::string message) {
  return fail(Error::Kind::invalid_input, std::move(message));
}

/// Of training; validation rows are answered by the same where the reference engine answers them.
Result<void> settle_attention(TrainArguments& arguments) {
  constexpr std::string_view kSetting = "--compile on";
  train::TrainOptions& options = arguments.options;
  if (options.kernels == model::Kernels::fused) {
    if (options.batching != Batching::packed) {
      return refuse(fmt::format(
          "--compile on: its kernels take texts head to tail; add --batching packed (it is {})",
          name_of(options.batching)));
    }
    return check_packed_attention(arguments.attention, kSetting);
  }
  const auto attention = libtorch_attention(arguments.attention, kSetting);
  if (!attention) return tl::unexpected(attention.error());
  options.attention = options.inference.attention = *attention;
  return {};
}

}  // namespace

void add_train_options(CLI::App& app, TrainArguments& arguments) {
  add_files(app, arguments);
  add_data_options(app, arguments.data);
  add_steps(app, arguments.options);
  add_compute_options(app, arguments.compute);
  add_model_options(app, arguments.loading);
  add_batches(app, arguments);
  add_evaluation(app, arguments);
  add_checkpoints(app, arguments);
}

Result<void> settle(TrainArguments& arguments) {
  train::TrainOptions& options = arguments.options;
  options.batch_size = arguments.compute.batch_size;
  if (auto fit = settle_attention(arguments); !fit) return fit;
  if (auto fit = check_model_options(arguments.loading); !fit) return fit;
  auto threshold = parse_threshold(arguments.threshold, options.threshold);
  if (!threshold) return tl::unexpected(threshold.error());
  options.threshold = *threshold;
  arguments.data.sample.seed = options.seed;
  if (auto fit = check_data_options(arguments.data); !fit) return fit;
  if (options.precision == model::Precision::fp16) {
    return refuse(
        "--precision fp16: small gradients would be lost, as there is no loss scaling here; train "
        "with bf16 or fp32 (evaluate and predict take fp16)");
  }
  if (arguments.report_on == ReportedRows::test && !arguments.test)
    return refuse("--report-on test: needs --test FILE");
  if (arguments.report_on == ReportedRows::validation && !arguments.validation)
    return refuse("--report-on validation: needs --validation FILE");
  if (!arguments.predictions.empty() && !reported_rows(arguments))
    return refuse("--predictions: needs rows to answer, of --validation FILE or --test FILE");
  if (arguments.early_stopping && !options.early_stopping_patience)
    options.early_stopping_patience = 1;
  if (options.early_stopping_patience &&
      (!arguments.validation || options.evaluate == Every::never)) {
    return refuse("--early-stopping: needs --validation FILE, and --eval-strategy epoch or steps");
  }
  return {};
}

std::optional<ReportedRows> reported_rows(const TrainArguments& arguments) {
  if (arguments.report_on) return arguments.report_on;
  if (arguments.test) return ReportedRows::test;
  if (arguments.validation) return ReportedRows::validation;
  return std::nullopt;
}

std::string_view name_of(Schedule schedule) { return name_in(kSchedules, schedule); }
std::string_view name_of(Batching batching) { return name_in(kBatchings, batching); }

std::string_view attention_name(const train::TrainOptions& options) {
  if (options.kernels == model::Kernels::fused) return name_in(kAttentions, Attention::packed);
  const bool is_eager = options.attention == model::AttentionKernel::eager;
  return name_in(kAttentions, is_eager ? Attention::eager : Attention::sdpa);
}

}  // namespace turngreen::engine
