#include "linear_command.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <new>

#include "exit_status.h"
#include "linear_arguments.h"
#include "linear_evaluation.h"
#include "linear_prediction.h"
#include "linear_training.h"
#include "turngreen/engine/files/output_file.h"

namespace turngreen::engine {
namespace {

int complain(std::ostream& err, std::string_view command, const Error& error) {
  err << fmt::format("turngreen {}: {}\n", command, error.message);
  return kExitFailure;
}

template <typename Work>
Action guarded(std::string_view command, Work work) {
  return [command, work = std::move(work)](std::ostream& out, std::ostream& err) -> int {
    try {
      return work(out, err);
    } catch (const std::bad_alloc&) {
      return complain(err, command, {Error::Kind::io, "there is not enough memory"});
    }
  };
}

int train(LinearTrainArguments& arguments, std::ostream& out, std::ostream& err) {
  if (const auto settled = settle(arguments); !settled) {
    complain(err, "train", settled.error());
    return kExitUsage;
  }
  const auto done = run_linear_training(arguments, out, err);
  return done ? kExitOk : complain(err, "train", done.error());
}

int evaluate(LinearEvaluateOptions& options, std::ostream& out, std::ostream& err) {
  // Made first: that it cannot be written is told before the work, not after it.
  std::optional<files::OutputFile> json;
  if (!options.json.empty()) {
    auto file = files::OutputFile::create(options.json);
    if (!file) return complain(err, "evaluate", file.error());
    json.emplace(*std::move(file));
  }
  const auto report = evaluate_linear_model(options, err);
  if (!report) return complain(err, "evaluate", report.error());
  if (json) {
    auto written = json->write(as_json(*report));
    if (written) written = json->finish();
    if (!written) return complain(err, "evaluate", written.error());
  }
  if (!options.common.quiet && options.json != "-") out << as_text(*report);
  return kExitOk;
}

}  // namespace

// What each parses into is shared by the app and the action, which reads it.

Action configure_linear_train(CLI::App& app) {
  const auto arguments = std::make_shared<LinearTrainArguments>();
  add_linear_train_options(app, *arguments);
  return guarded("train", [arguments](std::ostream& out, std::ostream& err) {
    return train(*arguments, out, err);
  });
}

Action configure_linear_evaluate(CLI::App& app) {
  const auto options = std::make_shared<LinearEvaluateOptions>();
  add_linear_evaluate_options(app, *options);
  return guarded("evaluate", [options](std::ostream& out, std::ostream& err) {
    return evaluate(*options, out, err);
  });
}

Action configure_linear_predict(CLI::App& app) {
  const auto options = std::make_shared<LinearPredictOptions>();
  add_linear_predict_options(app, *options);
  return guarded("predict", [options](std::ostream&, std::ostream& err) {
    const auto done = predict_with_linear_model(*options, err);
    return done ? kExitOk : complain(err, "predict", done.error());
  });
}

Action configure_linear_embed(CLI::App& app) {
  app.allow_extras();
  return [](std::ostream&, std::ostream& err) {
    return complain(err, "embed",
                    {Error::Kind::unsupported,
                     "a model of the family hashed_linear has no vectors of texts; name the folder "
                     "of a transformer with --model"});
  };
}

}  // namespace turngreen::engine
