#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <span>
#include <vector>

#include "model/parameter.h"
#include "train/adamw_options.h"
#include "train/dynamic_map.h"
#include "train/named_state.h"

namespace turngreen::train {

/// AdamW whose moments are held in 8 bits, by blocks of 256 elements with a scale each (Dettmers et
/// al., arXiv:2110.02861), as bitsandbytes' AdamW8bit; on the CPU. A quarter of the memory; more
/// work than fp32 moments are on a CPU.
class BlockwiseAdamW {
 public:
  static constexpr std::int64_t kBlock = 256;
  /// Parameters below this many elements keep moments in fp32.
  static constexpr std::int64_t kLeast = 4096;

  BlockwiseAdamW(std::span<const model::Parameter> parameters, const AdamWOptions& options);

  void step(const StepSize& size);

  NamedState state() const;

 private:
  struct Moments {
    at::Tensor first;         ///< uint8 [elements]
    at::Tensor second;        ///< uint8 [elements]
    at::Tensor first_scale;   ///< fp32 [blocks]: the largest of each
    at::Tensor second_scale;  ///< fp32 [blocks]
    at::Tensor steps;         ///< one fp32 number
  };
  struct Block {
    std::size_t parameter;
    std::int64_t number;
  };

  void move(const Block& block, const kernels::AdamwStep& step) const;

  std::vector<model::Parameter> parameters_;
  std::vector<Moments> moments_;
  AdamWOptions options_;
  DynamicMap first_map_{true};
  DynamicMap second_map_{false};
  std::vector<Block> blocks_;
  std::vector<kernels::AdamwStep> steps_;  ///< by parameter
};

}  // namespace turngreen::train
