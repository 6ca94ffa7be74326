#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "compute_choices.h"
#include "compute_options.h"
#include "data_options.h"
#include "train/train_options.h"
#include "turngreen/engine/checkpoint/architecture.h"
#include "turngreen/units/result.h"

namespace CLI {
class App;
}

namespace turngreen::engine {

enum class LabelSource : std::uint8_t { model, data };
/// The rows that the finished model's metrics and predictions are of.
enum class ReportedRows : std::uint8_t { validation, test };

/// What `turngreen train` is told.
struct TrainArguments {
  std::string model;   ///< folder
  std::string train;   ///< file of rows
  std::string output;  ///< folder
  std::optional<std::string> validation;
  std::optional<std::string> test;
  std::optional<ReportedRows> report_on;  ///< absent: test where there are such rows
  std::string predictions;                ///< file; empty: none
  std::optional<std::string> text;        ///< columns; absent: as the model was trained with
  std::optional<std::string> label;
  std::optional<checkpoint::Problem> problem;
  LabelSource labels = LabelSource::model;
  std::string threshold = "validation";  ///< or a probability
  bool early_stopping = false;           ///< asked for by its name; a patience asks for it too
  bool restarts = false;
  bool resumes = false;
  std::int64_t kept_checkpoints = 1;
  std::optional<std::string> json;  ///< where the summary goes
  DataOptions data;
  std::optional<Attention> attention;
  ComputeOptions compute;
  model::LoadOptions loading;  ///< but for what the data decide
  train::TrainOptions options;
};

/// `arguments` must outlive the app.
void add_train_options(CLI::App& app, TrainArguments& arguments);

/// Puts what several options say together into arguments.options. Error: what does not go together.
Result<void> settle(TrainArguments& arguments);

/// Absent: there are none.
std::optional<ReportedRows> reported_rows(const TrainArguments& arguments);

/// "linear", "cosine", "constant"
std::string_view name_of(train::Schedule schedule);
std::string_view name_of(train::Batching batching);
/// That which training computes with.
std::string_view attention_name(const train::TrainOptions& options);

}  // namespace turngreen::engine
