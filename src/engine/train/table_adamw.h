#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <vector>

#include "model/parameter.h"
#include "train/adamw_options.h"
#include "train/named_state.h"

namespace turngreen::train {

/// AdamW on an embedding table, of which a batch reads few rows. The gradient of the others is
/// zero, so what a step does to them follows from the step alone: it is put off until they are
/// read. Then the weights take the steps they missed one by one, in the arithmetic of every step,
/// so that it does not matter to any bit when they are caught up; the moments, whose decay is a
/// power, take them at once. Equal to the update of all rows at every step, but for rounding.
class TableAdamW {
 public:
  /// The table must outlive it; on the CPU.
  TableAdamW(const model::Parameter& table, const AdamWOptions& options);

  /// From the table's gradient, if it has one: best a sparse one without duplicates.
  void step(const StepSize& size);

  /// Brings rows [n] (int64, duplicates allowed) up to date, before they are read.
  void catch_up(const at::Tensor& rows);
  /// All rows.
  void catch_up();

  NamedState state() const;
  /// The state has been copied into, of when all rows were up to date.
  void resume();

 private:
  struct Missed {
    std::int64_t row;
    std::int64_t after;  ///< the step that its weights are up to date with
  };
  struct Scratch {
    std::vector<float> rate;
    std::vector<float> root;
  };

  std::int64_t steps() const { return static_cast<std::int64_t>(*steps_.const_data_ptr<float>()); }
  void remember(const kernels::AdamwStep& step);
  void note_missed(std::int64_t row);
  void take_missed();
  void take_missed(const Missed& missed, Scratch& scratch) const;
  void decay_moments(std::int64_t row, std::int64_t touched) const;

  model::Parameter table_;
  AdamWOptions options_;
  std::int64_t features_;
  std::int64_t terms_;  ///< steps after which a touch no longer moves the weights, to fp32
  at::Tensor first_;    ///< as the table; as of the step at which each row was last touched
  at::Tensor second_;
  at::Tensor steps_;                   ///< one fp32 number
  at::Tensor touched_;                 ///< int32 [rows]: that step; 0: never
  std::vector<std::int32_t> up_to_;    ///< [rows]: the step that the weights are up to date with
  std::int64_t remembered_after_ = 0;  ///< step `remembered_after_ + 1` is the first of these
  std::vector<float> shrinks_;         ///< by step
  std::vector<float> rates_;           ///< by step: learning rate / (1 - beta1^step)
  std::vector<float> roots_;           ///< by step: 1 / sqrt(1 - beta2^step)
  std::vector<float> first_powers_;    ///< beta1^n
  std::vector<float> second_powers_;   ///< sqrt(beta2^n)
  std::vector<Missed> missed_;
  std::vector<Scratch> scratch_;  ///< by thread
};

}  // namespace turngreen::train
