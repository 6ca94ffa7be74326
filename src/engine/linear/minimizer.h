#pragma once

#include <cstdint>
#include <deque>
#include <functional>

#include "loss.h"
#include "ngram_matrix.h"
#include "row_sum.h"
#include "turngreen/engine/linear/fit.h"

namespace turngreen::linear {

/// L-BFGS (Liu and Nocedal 1989) in the space that the training rows span. All its vectors are sums
/// of rows (RowSum), so that an inner product costs as much as the rows are many, a step along a
/// direction needs no product with the matrix, and an iteration two: those of the new gradient.
class Minimizer {
 public:
  /// They must outlive it. Begins with weights of 0.
  Minimizer(const NgramMatrix& matrix, const Truth& truth, int threads);

  FitProgress minimize(double l2, const FitLimits& limits);

  /// [columns, outputs], that of the bias included.
  std::vector<float> weights() const;

 private:
  struct Pair {
    RowSum step;
    RowSum change;  ///< of the gradient over that step
    double product = 0;
  };
  struct Point {
    RowSum weights;
    std::vector<float> slopes;  ///< of the loss, by each answer
    double loss = 0;            ///< sum over the rows
    double value = 0;           ///< with what l2 adds
  };

  Point zero() const;
  void evaluate(Point& point, double l2) const;
  RowSum gradient(const Point& point, double l2);
  RowSum direction(const RowSum& gradient) const;
  bool advance(const RowSum& direction, double slope, double l2);
  void remember(RowSum step, RowSum change);

  const NgramMatrix& matrix_;
  const Truth& truth_;
  int threads_;
  Point point_;
  std::deque<Pair> pairs_;
  std::int64_t iterations_ = 0;
  double flops_ = 0;
};

}  // namespace turngreen::linear
