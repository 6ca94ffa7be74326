#pragma once

#include <span>
#include <variant>

#include "model/model.h"
#include "train/adamw.h"
#include "train/plain_adamw.h"
#include "train/sgd.h"
#include "train/train_options.h"
#include "turngreen/units/result.h"

namespace turngreen::train {

/// What moves the weights, as the options say: one of those that there are.
class Optimizer {
 public:
  /// Error: what there is not on that device, with the mend.
  static Result<void> check(OptimizerKind kind, at::Device device);

  Optimizer(std::span<const model::Parameter> parameters, const TrainOptions& options);

  /// Which it is.
  OptimizerKind kind() const;

  /// Updates the parameters that have a gradient, which it may change.
  void step(const StepSize& size, std::span<const model::Shadow> shadows);

  /// Whether gradients of tables may be sparse, and rows must be caught up before they are read.
  bool moves_rows() const;
  void catch_up(std::span<const model::TableRows> read);
  /// All rows: the weights are what they are.
  void catch_up();

  NamedState state() const;
  /// The state has been copied into.
  void resume();

 private:
  std::variant<AdamW, PlainAdamW, Sgd> chosen_;
};

}  // namespace turngreen::train
