#pragma once

#include <span>
#include <vector>

#include "model/model.h"
#include "train/adamw_options.h"
#include "train/blockwise_adamw.h"
#include "train/dense_adamw.h"
#include "train/named_state.h"
#include "train/table_adamw.h"

namespace turngreen::train {

/// How moments of large parameters are held; those of small ones and of embeddings are fp32, as
/// Trainer and bitsandbytes have it.
enum class MomentStorage : std::uint8_t { fp32, blocks_of_8_bits };

/// Adam with decoupled weight decay (Loshchilov and Hutter, arXiv:1711.05101) as
/// torch.optim.AdamW(fused=True), in the two groups that Trainer makes. On the CPU, rows of
/// embedding tables are moved when they are read.
class AdamW {
 public:
  /// Blocks of 8 bits are for parameters on the CPU.
  AdamW(std::span<const model::Parameter> parameters, const AdamWOptions& options,
        MomentStorage storage = MomentStorage::fp32);

  /// Updates the parameters that have a gradient, and their shadows with them.
  void step(const StepSize& size, std::span<const model::Shadow> shadows = {});

  /// Whether gradients of tables may be sparse, and rows must be caught up before they are read.
  bool moves_rows() const { return !tables_.empty(); }
  void catch_up(std::span<const model::TableRows> read);
  /// All rows: the weights are what they are.
  void catch_up();

  MomentStorage storage() const { return storage_; }
  NamedState state() const;
  /// The state has been copied into.
  void resume();

 private:
  struct Table {
    at::Tensor tensor;
    TableAdamW optimizer;
  };

  MomentStorage storage_;
  DenseAdamW dense_;
  BlockwiseAdamW blockwise_;
  std::vector<Table> tables_;
};

}  // namespace turngreen::train
