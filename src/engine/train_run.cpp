#include "train_run.h"

#include <fmt/format.h>
#include <unistd.h>

#include "check_labels.h"
#include "infer/forward_flops.h"
#include "inference_arguments.h"
#include "loaded_model.h"
#include "model/fused/fused_encoder.h"
#include "model_options.h"
#include "report_rows.h"
#include "stop_signal.h"
#include "train/checkpoint_folders.h"
#include "train/output_folder.h"
#include "train/validation.h"
#include "train_choices.h"
#include "train_data.h"
#include "train_progress.h"
#include "train_summary.h"
#include "turngreen/engine/files/output_file.h"
#include "turngreen_run.hpp"

namespace turngreen::engine {
namespace {

/// What cannot be known before the labels are.
Result<void> check_problem(const TrainArguments& arguments, const TrainingRows& data) {
  const train::TrainOptions& options = arguments.options;
  const bool is_single = data.labels.problem == checkpoint::Problem::single_label;
  const auto refuse = [](std::string message) {
    return fail(Error::Kind::invalid_input, std::move(message));
  };
  if (!is_single && options.class_weights == train::ClassWeights::balanced)
    return refuse("--class-weights balanced: is for labels of one class each; leave it out");
  if (!is_single && options.label_smoothing > 0)
    return refuse("--label-smoothing-factor: is for labels of one class each; leave it out");
  if (!is_single && !arguments.predictions.empty())
    return refuse("--predictions: is for labels of one class each; leave it out");
  if (const auto fit = check_classes(data.labels, arguments.train); !fit) return fit;
  return check_best_metric(data.labels, options.best_metric);
}

/// Error: what this device or this encoder cannot do.
Result<void> check_computing(const train::TrainOptions& options, const OpenedModel& opened) {
  const auto& architecture = opened.folder.config().architecture;
  if (auto able = model::check_precision(options.precision, opened.device); !able) return able;
  if (options.kernels == model::Kernels::fused) {
    const auto layout = train::layout_of(options.batching);
    if (auto fit = model::fused::check_fused(architecture, opened.device, layout); !fit) return fit;
  }
  return infer::check_inference(options.inference, architecture, opened.device);
}

void tell_settings(const TrainArguments& arguments, const OpenedModel& opened) {
  const train::TrainOptions& options = arguments.options;
  tell_effective(arguments.compute, opened.device);
  run::effective("precision", std::string(name_in(kPrecisions, options.precision)));
  run::effective("attention", std::string(attention_name(options)));
  run::effective("compile", std::string(name_in(kCompile, options.kernels)));
  tell_inference(options.inference);
  run::effective("epochs", options.epochs);
  run::effective("learning_rate", options.learning_rate);
  run::effective("gradient_accumulation", static_cast<double>(options.gradient_accumulation));
  run::effective("lr_scheduler_type", std::string(name_of(options.schedule)));
  run::effective("batching", std::string(name_of(options.batching)));
  run::effective("early_stopping",
                 std::string(name_in(kEarlyStopping, options.early_stopping_patience.has_value())));
  run::effective("seed", static_cast<double>(options.seed));
}

Result<void> begin(const TrainArguments& arguments, const train::CheckpointPlace& place,
                   train::Training& training, std::ostream& err) {
  if (arguments.restarts) return train::remove_checkpoints(place.output, 0);
  const auto resumed = train::resume_from_checkpoint(place, training);
  if (!resumed) return tl::unexpected(resumed.error());
  if (*resumed && !arguments.compute.quiet) {
    err << fmt::format("turngreen train: goes on from {} of {} steps\n", training.state().step,
                       training.plan().steps);
  }
  if (!*resumed && arguments.resumes) {
    return fail(Error::Kind::not_found,
                fmt::format("{}: there is no checkpoint to --resume from; leave it out to begin",
                            place.output.string()));
  }
  return {};
}

ModelSettings settings_of(const TrainArguments& arguments, const OpenedModel& opened,
                          const train::TrainingState& state) {
  ModelSettings settings;
  settings.text_column = arguments.text ? arguments.text : opened.settings.text_column;
  settings.label_column = arguments.label ? arguments.label : opened.settings.label_column;
  settings.max_length = opened.max_length;
  const train::ThresholdChoice& choice = arguments.options.threshold;
  const auto* kept = train::kept_evaluation(state, arguments.options.keeps_best);
  if (!choice.is_chosen) {
    settings.threshold = choice.fixed;
    if (choice.fixed) settings.threshold_from = "given to turngreen train";
  } else if (kept != nullptr && kept->threshold) {
    settings.threshold = kept->threshold;
    settings.threshold_from = fmt::format("chosen on the validation rows for {}", choice.metric);
  }
  return settings;
}

Result<void> save(const TrainArguments& arguments, const OpenedModel& opened,
                  const train::Training& training) {
  const run::Stage stage("save");
  return train::replace_output_folder(
      arguments.output, [&](const std::filesystem::path& folder) -> Result<void> {
        if (auto saved = train::save_weights(folder, training.model(), opened.folder); !saved)
          return saved;
        return write_model_settings(folder, settings_of(arguments, opened, training.state()));
      });
}

Result<void> sum_up(const TrainSummary& summary, std::ostream& out) {
  const TrainArguments& arguments = summary.arguments;
  run::metric("train_flops", summary.pace.flops);
  if (!arguments.compute.quiet)
    out << "turngreen train: finished\n" << train_summary_text(summary) << std::flush;
  if (!arguments.json) return {};
  auto file = files::OutputFile::create(*arguments.json);
  if (!file) return tl::unexpected(file.error());
  if (auto written = file->write(train_summary_json(summary)); !written) return written;
  return file->finish();
}

}  // namespace

Result<train::End> run_training(TrainArguments& arguments, std::ostream& out, std::ostream& err) {
  const auto failed = [](const Error& error) { return tl::unexpected(error); };
  OwnMeter meter;
  if (const auto fit = train::check_output_folder(arguments.output); !fit)
    return failed(fit.error());
  auto opened = open_model(arguments.model, arguments.compute);
  if (!opened) return failed(opened.error());
  train::TrainOptions& options = arguments.options;
  if (const auto able = check_computing(options, *opened); !able) return failed(able.error());
  options.pad_to = opened->max_length;
  tell_settings(arguments, *opened);

  const auto data = load_training_rows(arguments, *opened, err);
  if (!data) return failed(data.error());
  if (const auto fit = check_problem(arguments, *data); !fit) return failed(fit.error());

  run::Stage loading("load_model");
  model::LoadOptions how = arguments.loading;
  how.labels = data->labels;
  how.seed = options.seed;
  how.device = opened->device;
  auto model = model::Model::load(opened->folder, how);
  if (!model) return failed(model.error());
  tell_model(*model);
  loading.end();

  const StopSignal stop;
  const train::TrainingData rows{.training = data->training,
                                 .validation = data->validation ? &*data->validation : nullptr};
  train::Training training(*model, rows, options);
  const train::CheckpointPlace place{.output = arguments.output,
                                     .identity = train::run_identity(options, rows, *model),
                                     .source = opened->folder,
                                     .kept = arguments.kept_checkpoints};
  if (const auto begun = begin(arguments, place, training, err); !begun)
    return failed(begun.error());

  TrainProgress progress(err, !arguments.compute.quiet && ::isatty(STDERR_FILENO) == 1, meter);
  train::Watcher watcher;
  watcher.stepping = [&] { progress.begin_step(); };
  watcher.stepped = [&](const train::StepWork& work) { progress.end_step(training, work); };
  watcher.evaluated_rows = [&](std::int64_t examples, std::int64_t) {
    progress.evaluated(examples);
  };
  double evaluate_flops = 0;
  const auto count_evaluation = [&](const data::Examples& examples) {
    evaluate_flops += static_cast<double>(infer::forward_flops(
        {model->architecture(), std::ssize(model->labels()->names)}, examples, options.inference));
  };
  watcher.evaluated = [&](const train::Evaluation&) { count_evaluation(*data->validation); };
  watcher.stop = &stop.flag();
  const auto end = train::train(training, place, watcher);
  progress.clear();
  if (!end) return failed(end.error());
  if (*end == train::End::interrupted) {
    err << fmt::format(
        "turngreen train: interrupted after step {} of {}; the same command goes on\n",
        training.state().step, training.plan().steps);
    return *end;
  }
  if (const auto saved = save(arguments, *opened, training); !saved) return failed(saved.error());
  const auto test = report_rows(arguments, {.training = training,
                                            .validation = rows.validation,
                                            .test = data->test ? &*data->test : nullptr,
                                            .done = watcher.evaluated_rows});
  progress.clear();
  if (!test) return failed(test.error());
  if (data->test) count_evaluation(*data->test);
  if (data->validation || data->test) run::metric("evaluate_flops", evaluate_flops);
  const TrainSummary summary{.arguments = arguments,
                             .training = training,
                             .pace = progress.pace(),
                             .device = opened->device.str(),
                             .max_length = opened->max_length,
                             .rows = *data,
                             .test = *test,
                             .energy = meter.finish()};
  if (const auto told = sum_up(summary, out); !told) return failed(told.error());
  return *end;
}

}  // namespace turngreen::engine
