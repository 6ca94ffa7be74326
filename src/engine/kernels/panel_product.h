#pragma once

#include <cstddef>
#include <cstdint>

#include "kernels/storage.h"

namespace turngreen::kernels {

/// How the factors of a product lie in memory, in words of 32 bits along the summed dimension: one
/// fp32 number, two of bf16, or four of int8. Sums are fp32, of int8 int32.
enum class Format : std::uint8_t { f32, bf16, int8 };

/// Features of a word.
constexpr std::int64_t features_of_word(Format format) {
  return format == Format::f32 ? 1 : format == Format::bf16 ? 2 : 4;
}

/// Outputs of a panel: as many sums as a tile of registers has columns.
inline constexpr std::int64_t kPanelOutputs = 64;

/// A linear layer's weight [outputs, features], row by row. Outputs must be a multiple of 16,
/// features of 4 and at most 65,536 (so that no sum of int8 overflows).
struct WeightMatrix {
  const float* values = nullptr;
  std::int64_t outputs = 0;
  std::int64_t features = 0;
};

/// Words that a packed weight takes.
std::int64_t packed_words(const WeightMatrix& weight, Format format);

/// Lays a weight out as the product reads it: panels of kPanelOutputs outputs (the last one of
/// those that are left), each [words of a row, outputs of the panel]. int8 is symmetric with a
/// scale for each output and lies 128 higher, as unsigned bytes; `scales` [outputs] are its, and
/// null for others.
void pack_weight(const WeightMatrix& weight, Format format, std::uint32_t* words, float* scales);

/// y = x W^T for a packed weight, of which the outputs [begin, end) are wanted.
struct PanelProduct {
  Format format = Format::f32;
  std::int64_t rows = 0;
  std::int64_t features = 0;
  std::int64_t outputs = 0;  ///< of the whole weight
  std::int64_t begin = 0;    ///< a multiple of 16
  std::int64_t end = 0;      ///< likewise
  const void* x = nullptr;   ///< [rows, features] in the format, contiguous
  const std::uint32_t* weight = nullptr;
  /// int8 alone: x is a row's scale times its bytes, and what its bytes add up to.
  const float* weight_scales = nullptr;  ///< [outputs]
  const float* row_scales = nullptr;     ///< [rows]
  const std::int32_t* row_sums = nullptr;
  /// bf16 gives bf16 and f32 gives f32; int8 gives either.
  Storage y_storage = Storage::f32;
  void* y = nullptr;  ///< [rows, end - begin], contiguous
};

/// Rows to int8: each is its scale (the largest absolute value / 127) times the bytes.
struct RowQuantisation {
  Storage storage = Storage::f32;
  std::int64_t rows = 0;
  std::int64_t features = 0;  ///< a multiple of 16
  const void* in = nullptr;   ///< [rows, features]
  std::int8_t* out = nullptr;
  float* scales = nullptr;       ///< [rows]
  std::int32_t* sums = nullptr;  ///< [rows], of the bytes
};

}  // namespace turngreen::kernels
