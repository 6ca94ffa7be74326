#pragma once

#include <cstddef>
#include <vector>

#include "ngram_matrix.h"

namespace turngreen::linear {

/// Weights X^T c that are a sum of training rows, as c and as what the rows are answered with. A
/// fit of L2-regularised weights never leaves these, so that it needs nothing as long as the
/// columns are many but the matrix.
struct RowSum {
  std::vector<float> coefficients;  ///< c [rows, outputs]
  std::vector<float> answers;       ///< X X^T c, of the same shape

  /// this += factor * other
  void add(double factor, const RowSum& other);
  void scale(double factor);
};

/// The inner product of the weights of both.
double dot(const RowSum& a, const RowSum& b);

}  // namespace turngreen::linear
