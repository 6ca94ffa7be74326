#include "linear_training.h"

#include <fmt/format.h>

#include <array>
#include <chrono>
#include <cmath>
#include <span>

#include "check_labels.h"
#include "linear_rows.h"
#include "linear_summary.h"
#include "model_settings.h"
#include "train/best_evaluation.h"
#include "train/output_folder.h"
#include "train/scoring.h"
#include "turngreen/engine/files/output_file.h"
#include "turngreen/engine/linear/fit.h"
#include "turngreen_run.hpp"
#include "usable_threads.h"

namespace turngreen::engine {
namespace {

using Clock = std::chrono::steady_clock;

/// From strongly to weakly held weights, so that each fit begins near its end. As C of
/// scikit-learn: 1, 10, 100, 1000.
constexpr std::array<double, 4> kPath{1, 0.1, 0.01, 0.001};
constexpr std::array<double, 1> kUsual{0.1};  ///< without validation rows

struct LoadedData {
  LinearRows training;
  std::optional<LinearRows> validation;
};

Result<LoadedData> load_data(const LinearTrainArguments& arguments, std::ostream& err) {
  LinearRowsToLoad what{.command = "train",
                        .file = arguments.train,
                        .read = {.text = arguments.text,
                                 .label = arguments.label,
                                 .on_bad_row = arguments.common.on_bad_row},
                        .ngrams = arguments.ngrams,
                        .problem = arguments.problem,
                        .common = arguments.common};
  auto training = load_linear_rows(what, err);
  if (!training) return tl::unexpected<Error>(training.error());
  LoadedData data{*std::move(training), std::nullopt};
  if (!arguments.validation) return data;
  what.file = *arguments.validation;
  what.labels = data.training.labels;
  auto validation = load_linear_rows(what, err);
  if (!validation) return tl::unexpected<Error>(validation.error());
  data.validation = *std::move(validation);
  return data;
}

Result<void> check_problem(const LinearTrainArguments& arguments, const LinearRows& training) {
  if (arguments.is_balanced && training.labels.problem != checkpoint::Problem::single_label) {
    return fail(Error::Kind::invalid_input,
                "--class-weights balanced: is for labels of one class each; leave it out");
  }
  if (auto fit = check_classes(training.labels, arguments.train); !fit) return fit;
  return check_best_metric(training.labels, arguments.best_metric);
}

double operations(const linear::LinearModel& model, const data::Examples& examples) {
  return 2 * static_cast<double>(examples.ids.size()) * static_cast<double>(model.outputs());
}

/// Fits along the path until validation rows score no better, and keeps the best.
class Path {
 public:
  Path(const LinearTrainArguments& arguments, const LoadedData& data)
      : arguments_(arguments), data_(data), fit_(begin(arguments, data)) {}

  Result<void> walk() {
    std::span<const double> path = kPath;
    if (!data_.validation) path = kUsual;
    if (arguments_.fixed_l2) path = {&*arguments_.fixed_l2, 1};
    for (const double l2 : path) {
      if (const auto fitted = fit(l2); !fitted) return fitted;
      linear::LinearModel model = fit_.model();
      if (data_.validation) evaluate(model);
      if (!data_.validation || train::last_is_best(state_, arguments_.best_metric) || !model_) {
        if (data_.validation) state_.best = state_.evaluations.size() - 1;
        model_ = std::move(model);
        kept_ = attempts_.size() - 1;
      }
      if (data_.validation && train::evaluations_without_better(state_) >= arguments_.patience)
        break;
    }
    return {};
  }

  const linear::LinearModel& model() const { return *model_; }
  const LinearAttempt& kept() const { return attempts_[kept_]; }
  double evaluate_flops() const { return evaluate_flops_; }
  LinearSummary summary() const {
    return {
        .arguments = arguments_,
        .attempts = attempts_,
        .kept = kept_,
        .steps = progress_.iterations,
        .samples = static_cast<std::uint64_t>(data_.training.examples.size()),
        .ngrams = data_.training.examples.ids.size(),
        .features = model_->columns(),
        .train_seconds = seconds_,
        .train_flops = progress_.flops,
        .bad_rows = data_.training.bad_rows + (data_.validation ? data_.validation->bad_rows : 0),
        .energy = {}};
  }

 private:
  linear::Fit begin(const LinearTrainArguments& arguments, const LoadedData& data) {
    const run::Stage stage("train");
    run::total(static_cast<std::uint64_t>(data.training.examples.size()));
    const auto begun = Clock::now();
    linear::Fit fit({.examples = data.training.examples,
                     .labels = data.training.labels,
                     .ngrams = arguments.ngrams,
                     .is_balanced = arguments.is_balanced},
                    arguments.common.threads);
    seconds_ += std::chrono::duration<double>(Clock::now() - begun).count();
    run::progress(static_cast<std::uint64_t>(data.training.examples.size()),
                  data.training.examples.ids.size());
    return fit;
  }

  Result<void> fit(double l2) {
    const run::Stage stage("train");
    const auto begun = Clock::now();
    progress_ = fit_.minimize(l2, {.iterations = arguments_.max_steps});
    seconds_ += std::chrono::duration<double>(Clock::now() - begun).count();
    attempts_.push_back(
        {.l2 = l2, .loss = progress_.loss, .has_converged = progress_.has_converged});
    if (std::isfinite(progress_.loss)) return {};
    return fail(Error::Kind::invalid_input,
                fmt::format("the loss is no finite number with --l2 {}; try a larger one", l2));
  }

  void evaluate(const linear::LinearModel& model) {
    const run::Stage stage("evaluate");
    const LinearRows& rows = *data_.validation;
    const metrics::Outputs outputs{
        .problem = model.labels().problem,
        .outputs = static_cast<std::int64_t>(model.labels().names.size()),
        .logits = model.answer(rows.examples, arguments_.common.threads),
        .classes = rows.examples.classes,
        .targets = rows.examples.targets};
    train::Evaluation evaluation =
        train::score(outputs, model.labels().names, arguments_.threshold_choice);
    evaluation.step = progress_.iterations;
    for (const metrics::Metric& metric : evaluation.metrics)
      if (metric.value) run::metric(metric.name, *metric.value);
    run::progress(static_cast<std::uint64_t>(rows.examples.size()), rows.examples.ids.size());
    evaluate_flops_ += operations(model, rows.examples);
    attempts_.back().evaluation = evaluation;
    state_.evaluations.push_back(std::move(evaluation));
  }

  const LinearTrainArguments& arguments_;
  const LoadedData& data_;
  double seconds_ = 0;
  linear::Fit fit_;
  linear::FitProgress progress_;
  train::TrainingState state_;
  std::vector<LinearAttempt> attempts_;
  std::size_t kept_ = 0;
  std::optional<linear::LinearModel> model_;
  double evaluate_flops_ = 0;
};

void tell_effective(const LinearTrainArguments& arguments, const Path& path) {
  run::effective("model_family", std::string("hashed_linear"));
  run::effective("ngrams", std::string(name_of(path.model().ngrams())));
  run::effective("l2", path.kept().l2);
  run::effective("class_weights", std::string(arguments.is_balanced ? "balanced" : "equal"));
  run::effective("threads", arguments.common.threads);
  run::effective("seed", static_cast<double>(arguments.seed));
}

Result<void> save(const LinearTrainArguments& arguments, const Path& path) {
  const run::Stage stage("save");
  ModelSettings settings;
  settings.text_column = arguments.text;
  settings.label_column = arguments.label;
  const train::ThresholdChoice& choice = arguments.threshold_choice;
  const auto& evaluation = path.kept().evaluation;
  settings.threshold = choice.fixed;
  if (choice.fixed) settings.threshold_from = "given to turngreen train";
  if (choice.is_chosen && evaluation && evaluation->threshold) {
    settings.threshold = evaluation->threshold;
    settings.threshold_from = fmt::format("chosen on the validation rows for {}", choice.metric);
  }
  return train::replace_output_folder(arguments.output,
                                      [&](const std::filesystem::path& folder) -> Result<void> {
                                        std::error_code error;
                                        std::filesystem::create_directories(folder, error);
                                        if (auto saved = path.model().save(folder); !saved)
                                          return saved;
                                        return write_model_settings(folder, settings);
                                      });
}

Result<void> sum_up(const LinearSummary& summary, std::ostream& out) {
  const LinearTrainArguments& arguments = summary.arguments;
  if (!arguments.common.quiet)
    out << "turngreen train: finished\n" << linear_summary_text(summary) << std::flush;
  if (!arguments.json) return {};
  auto file = files::OutputFile::create(*arguments.json);
  if (!file) return tl::unexpected<Error>(file.error());
  if (auto written = file->write(linear_summary_json(summary)); !written) return written;
  return file->finish();
}

}  // namespace

Result<void> run_linear_training(LinearTrainArguments& arguments, std::ostream& out,
                                 std::ostream& err) {
  OwnMeter meter;
  if (auto fit = train::check_output_folder(arguments.output); !fit) return fit;
  if (arguments.common.threads == 0) arguments.common.threads = usable_threads();
  const auto data = load_data(arguments, err);
  if (!data) return tl::unexpected<Error>(data.error());
  if (auto fit = check_problem(arguments, data->training); !fit) return fit;

  Path path(arguments, *data);
  if (auto walked = path.walk(); !walked) return walked;
  tell_effective(arguments, path);
  if (data->validation) run::metric("evaluate_flops", path.evaluate_flops());
  if (auto saved = save(arguments, path); !saved) return saved;
  LinearSummary summary = path.summary();
  summary.energy = meter.finish();
  run::metric("train_flops", summary.train_flops);
  return sum_up(summary, out);
}

}  // namespace turngreen::engine
