#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "report_choices.h"
#include "train/threshold_choice.h"
#include "turngreen/engine/checkpoint/architecture.h"
#include "turngreen/engine/data/row_reader.h"
#include "turngreen/engine/linear/ngrams.h"
#include "turngreen/units/result.h"

namespace CLI {
class App;
}

namespace turngreen::engine {

/// What all commands are told that use a linear model.
struct LinearOptions {
  int threads = 0;  ///< 0: as many as this process may use
  data::BadRows on_bad_row = data::BadRows::error;
  bool quiet = false;
};

/// What `turngreen train --model-family hashed_linear` is told. Names and meanings are those of the
/// other family where it has them.
struct LinearTrainArguments {
  std::string train;
  std::string output;
  std::optional<std::string> validation;
  ReportChoices report;
  std::string text;
  std::string label;
  std::optional<checkpoint::Problem> problem;
  linear::Ngrams ngrams = linear::Ngrams::words;
  std::string l2 = "validation";  ///< or a number
  std::int64_t max_steps = 200;   ///< iterations for each l2
  bool is_balanced = false;
  std::uint64_t seed = 42;
  std::string best_metric = "loss";
  std::int64_t patience = 1;
  std::string threshold = "validation";  ///< or a probability
  train::ThresholdChoice threshold_choice;
  std::optional<double> fixed_l2;  ///< absent: chosen on the validation rows
  std::optional<std::string> json;
  LinearOptions common;
};

void add_linear_train_options(CLI::App& app, LinearTrainArguments& arguments);

/// Puts what several options say together. Error: what does not go together.
Result<void> settle(LinearTrainArguments& arguments);

struct LinearEvaluateOptions {
  std::string model;  ///< folder
  std::string data;
  std::optional<std::string> text;  ///< columns; absent: those that the model was trained with
  std::optional<std::string> label;
  std::optional<double> threshold;  ///< absent: the model folder's
  std::string predictions;          ///< file; empty: none
  std::string json;                 ///< file; empty: none
  std::int64_t resamples = 1000;
  double confidence = 0.95;
  std::uint64_t seed = 42;
  LinearOptions common;
};

void add_linear_evaluate_options(CLI::App& app, LinearEvaluateOptions& options);

struct LinearPredictOptions {
  std::string model;  ///< folder
  std::string data;
  std::string output;
  std::optional<std::string> text;
  std::optional<double> threshold;
  bool with_logits = false;
  LinearOptions common;
};

void add_linear_predict_options(CLI::App& app, LinearPredictOptions& options);

std::string_view name_of(linear::Ngrams ngrams);  ///< "words"

}  // namespace turngreen::engine
