#pragma once

#include <cstdint>

#include "kernels/storage.h"

namespace turngreen::kernels {

/// Rows [begin, end) of matrices of `features` columns (a multiple of 16), contiguous. Threads
/// share the rows out; sums over rows go to a buffer of each.
struct NormShape {
  Storage storage = Storage::f32;  ///< of branches, of what comes out and of its gradient
  Storage sum_storage =
      Storage::f32;  ///< of residuals and sums, which pre-norm models keep in fp32
  std::int64_t begin = 0;
  std::int64_t end = 0;
  std::int64_t features = 0;
};

/// sum = residual + dropout(branch + branch_bias); out = LayerNorm(sum): each read and written
/// once.
struct ResidualNormForward {
  const void* residual = nullptr;      ///< [rows, features]; null: none
  const void* branch = nullptr;        ///< [rows, features]; null: none
  const float* branch_bias = nullptr;  ///< [features]; null: none
  Dropout dropout = {};                ///< of the branch; the place is row * features + feature
  void* sum = nullptr;                 ///< [rows, features]; may be the branch or the residual
  const float* weight = nullptr;       ///< [features]
  const float* bias = nullptr;         ///< [features]; null: none
  float epsilon = 0;
  Dropout out_dropout = {};             ///< of what comes out; likewise
  void* out = nullptr;                  ///< [rows, features]; null: only the sum is wanted
  float* means = nullptr;               ///< [rows]
  float* inverse_deviations = nullptr;  ///< [rows]: 1 / sqrt(variance + epsilon)
};

struct ResidualNormBackward {
  const void* out_gradient = nullptr;  ///< [rows, features]
  /// [rows, features] in the sum's storage, added to it first; null: none. May be the sum's
  /// gradient.
  const void* out_added_gradient = nullptr;
  Dropout out_dropout = {};
  const void* sum = nullptr;      ///< [rows, features], as the forward pass left it
  const float* weight = nullptr;  ///< [features]
  const float* means = nullptr;
  const float* inverse_deviations = nullptr;
  const void* sum_added_gradient =
      nullptr;  ///< [rows, features], added to the sum's gradient; null: none
  Dropout dropout = {};
  void* sum_gradient = nullptr;     ///< [rows, features]; the residual's too; may be what was added
  void* branch_gradient = nullptr;  ///< [rows, features]; null: not wanted
  /// [features] each, added to; null: not wanted.
  float* weight_gradient = nullptr;
  float* bias_gradient = nullptr;
  float* branch_bias_gradient = nullptr;
};

enum class FeedForward : std::uint8_t {
  gelu,   ///< gelu(h), by the error function
  geglu,  ///< gelu(first half) * second half
};

struct ActivationShape {
  Storage storage = Storage::f32;
  FeedForward kind = FeedForward::gelu;
  std::int64_t begin = 0;  ///< rows
  std::int64_t end = 0;
  std::int64_t features = 0;  ///< of what comes out
};

struct ActivationForward {
  void* in =
      nullptr;  ///< [rows, features] (geglu: [rows, 2 * features]); the bias is added in place
  const float* bias = nullptr;  ///< gelu: [features]; null: none
  Dropout dropout = {};         ///< of what comes out; the place is row * features + feature
  void* out = nullptr;          ///< [rows, features]
};

struct ActivationBackward {
  const void* in = nullptr;            ///< as the forward pass left it
  const void* out_gradient = nullptr;  ///< [rows, features]
  Dropout dropout = {};
  void* in_gradient = nullptr;     ///< as `in`; may be out_gradient where the kind is gelu
  float* bias_gradient = nullptr;  ///< [features], added to; null: not wanted
};

/// Rows of embedding tables (fp32) into sums and gradients back. Columns [begin, end) of
/// `features`, so that threads which share the columns out never meet.
struct EmbeddingShape {
  std::int64_t rows = 0;  ///< tokens
  std::int64_t begin = 0;
  std::int64_t end = 0;
  std::int64_t features = 0;
};

/// Of [tables rows, features], which row each token takes.
struct EmbeddingTable {
  float* table = nullptr;               ///< the weights, or their gradient, which is added to
  const std::int64_t* index = nullptr;  ///< [rows]; null: row 0 for all
  std::int64_t without_gradient = -1;   ///< a row that gets none (padding_idx); -1: none
};

/// target (+)= source, element by element, [begin, end).
struct Accumulation {
  Storage storage = Storage::f32;  ///< of the source
  bool adds = true;                ///< to the target, instead of replacing it
  std::int64_t begin = 0;
  std::int64_t end = 0;
  const void* source = nullptr;
  float* target = nullptr;
};

/// sums[k] += the sum of rows [begin, end) of source[row][k].
struct ColumnSums {
  Storage storage = Storage::f32;
  std::int64_t begin = 0;
  std::int64_t end = 0;
  std::int64_t features = 0;
  const void* source = nullptr;
  std::int64_t stride = 0;  ///< elements from one row to the next
  float* sums = nullptr;
};

}  // namespace turngreen::kernels
