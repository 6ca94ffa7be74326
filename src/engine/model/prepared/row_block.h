#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <vector>

#include "model/prepared/prepared_layer.h"

namespace turngreen::model::prepared {

/// Where a norm's sum goes on to.
enum class Residual : std::uint8_t {
  norms,  ///< the next sum begins with what the norm gave (BERT, DistilBERT)
  sums,   ///< it begins with the sum itself, in fp32 (ModernBERT)
};

struct BlockShape {
  Arithmetic arithmetic;
  Residual residual = Residual::norms;
  kernels::FeedForward kind = kernels::FeedForward::gelu;
  std::int64_t rows = 0;  ///< at most
  std::int64_t hidden = 0;
  std::int64_t intermediate = 0;
};

/// What a block of rows is taken through between two attentions, by one thread: few enough rows
/// that all of it stays in the caches next to the processor.
class RowBlock {
 public:
  explicit RowBlock(const BlockShape& shape);

  /// Rows of the arithmetic's storage, made ready for a product. Valid until the next call.
  Rows ready(std::int64_t rows, const void* values, std::int64_t features);

  struct Data {
    std::int64_t rows = 0;
    const void* context = nullptr;  ///< [rows, hidden], of the attention
    void* stream = nullptr;  ///< [rows, hidden]: the residual, in and out; fp32 where it is sums
    void* normed = nullptr;  ///< [rows, hidden], out: the next layer's input; may be the stream
  };
  /// From the attention's result to the layer's.
  void advance(const PreparedLayer& layer, const Data& data);

 private:
  struct Sum {
    const void* residual;
    const void* branch;
    const float* branch_bias;
    void* sum;
    void* out;
  };
  void add_and_norm(const LayerNorm& norm, std::int64_t rows, const Sum& io);

  BlockShape shape_;
  at::Tensor bytes_;   ///< int8 [rows, the widest]
  at::Tensor scales_;  ///< [rows]
  at::Tensor sums_;    ///< int32 [rows]
  at::Tensor branch_;  ///< [rows, hidden]
  at::Tensor middle_;  ///< [rows, hidden]
  at::Tensor up_;      ///< [rows, intermediate], GeGLU twice that
  at::Tensor activated_;
  at::Tensor statistics_;  ///< [2, rows]: of norms, which nobody asks for
};

}  // namespace turngreen::model::prepared
