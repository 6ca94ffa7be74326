#pragma once

#include <span>
#include <vector>

#include "model/model.h"
#include "train/adamw_options.h"
#include "train/dense_adamw.h"
#include "train/named_state.h"
#include "train/table_adamw.h"

namespace turngreen::train {

/// Adam with decoupled weight decay (Loshchilov and Hutter, arXiv:1711.05101) as
/// torch.optim.AdamW(fused=True), in the two groups that Trainer makes. On the CPU, rows of
/// embedding tables are moved when they are read.
class AdamW {
 public:
  AdamW(std::span<const model::Parameter> parameters, const AdamWOptions& options);

  /// Updates the parameters that have a gradient, and their shadows with them.
  void step(const StepSize& size, std::span<const model::Shadow> shadows = {});

  /// Whether gradients of tables may be sparse, and rows must be caught up before they are read.
  bool moves_rows() const { return !tables_.empty(); }
  void catch_up(std::span<const model::TableRows> read);
  /// All rows: the weights are what they are.
  void catch_up();

  NamedState state() const;
  /// The state has been copied into.
  void resume();

 private:
  struct Table {
    at::Tensor tensor;
    TableAdamW optimizer;
  };

  DenseAdamW dense_;
  std::vector<Table> tables_;
};

}  // namespace turngreen::train
