#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "turngreen/engine/data/examples.h"

namespace turngreen::linear {

/// The features of training rows as a matrix X [rows, columns + 1] of which only the pattern is
/// kept, as all features of a row are equal: once by rows and once by columns, so that both
/// products only read at random. N-grams of a single row are no columns: no other row can confirm
/// them. The last column is that of the bias, 1 everywhere.
///
/// Matrices beside it are row-major, [rows or columns, outputs].
class NgramMatrix {
 public:
  /// Of buckets, as append_ngrams has them.
  explicit NgramMatrix(const data::Examples& examples);

  std::size_t rows() const { return features_.size(); }
  std::size_t columns() const { return buckets_.size() + 1; }  ///< that of the bias included
  /// The bucket of each column but the last, the most frequent first.
  std::span<const std::uint32_t> buckets() const { return buckets_; }
  /// Features that are not 0.
  std::size_t entries() const { return columns_of_rows_.size() + rows(); }

  /// out [rows, outputs] = X weights, of weights [columns, outputs].
  void multiply(std::span<const float> weights, std::size_t outputs, int threads,
                std::span<float> out) const;
  /// out [columns, outputs] = X^T values, of values [rows, outputs].
  void multiply_transposed(std::span<const float> values, std::size_t outputs, int threads,
                           std::span<float> out) const;

 private:
  void number_columns(const data::Examples& examples);

  std::vector<float> features_;         ///< of each row
  std::vector<std::uint32_t> buckets_;  ///< of each column
  std::vector<std::uint32_t> columns_of_rows_;
  std::vector<std::size_t> row_starts_ = {0};
  std::vector<std::uint32_t> rows_of_columns_;
  std::vector<std::size_t> column_starts_;
};

}  // namespace turngreen::linear
