#pragma once

#include <cstdint>
#include <span>

#include "kernels/adamw.h"
#include "kernels/attention.h"
#include "kernels/elementwise.h"
#include "kernels/panel_product.h"

namespace turngreen::kernels {

/// The same functions, compiled for one instruction set.
struct KernelSet {
  const char* name;      ///< "avx512_bf16", "avx512_vnni", "avx512", "avx2_vnni", "avx2", "plain"
  bool (*supported)();   ///< by the processor that this runs on
  bool multiplies_bf16;  ///< products of bf16 without a detour over fp32
  bool multiplies_int8;  ///< products of int8, four of them in one instruction's lane

  std::size_t (*attention_scratch)(const AttentionShape&);
  void (*attention_forward)(const AttentionShape&, const AttentionForward&, void* scratch);
  void (*attention_backward)(const AttentionShape&, const AttentionBackward&, void* scratch);

  void (*residual_norm_forward)(const NormShape&, const ResidualNormForward&);
  void (*residual_norm_backward)(const NormShape&, const ResidualNormBackward&);
  void (*activation_forward)(const ActivationShape&, const ActivationForward&);
  void (*activation_backward)(const ActivationShape&, const ActivationBackward&);
  void (*embed)(const EmbeddingShape&, const EmbeddingTable&, float* sums);
  void (*embed_backward)(const EmbeddingShape&, const float* gradients, const EmbeddingTable&);
  void (*accumulate)(const Accumulation&);
  void (*column_sums)(const ColumnSums&);
  void (*adamw)(const AdamwStep&, const AdamwSlice&);
  void (*adamw_missed)(const AdamwMissed&, const AdamwMissedSlice&);
  double (*square_sum)(const SquareSum&);

  void (*panel_product)(const PanelProduct&);
  void (*quantise_rows)(const RowQuantisation&);
};

/// All that this build has, the fastest first; the last is the plain one, which runs everywhere.
std::span<const KernelSet* const> kernel_sets();

/// The first that this processor supports.
const KernelSet& best_kernels();

}  // namespace turngreen::kernels
