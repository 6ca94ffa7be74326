#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>

#include "turngreen/engine/checkpoint/architecture.h"
#include "turngreen/engine/data/examples.h"
#include "turngreen/engine/linear/linear_model.h"
#include "turngreen/engine/linear/ngrams.h"

namespace turngreen::linear {

/// What is learned from.
struct FitData {
  const data::Examples& examples;  ///< ids are buckets, as append_ngrams has them; one row or more
  const checkpoint::Labels& labels;
  Ngrams ngrams = Ngrams::words;
  bool is_balanced = false;  ///< rare classes count more, as scikit-learn's "balanced"
};

/// When a fit ends.
struct FitLimits {
  std::int64_t iterations = 200;
  double tolerance = 0.3;  ///< by which the value may be above its minimum, as a share of it
  /// Called after each iteration; the fit ends where it answers false.
  std::function<bool()> go_on = {};
};

struct FitProgress {
  std::int64_t iterations = 0;  ///< so far, of all l2
  double flops = 0;             ///< of the products with the matrix, so far
  double loss = 0;              ///< mean over the rows, without what l2 adds
  bool has_converged = false;
};

/// Fits weights w to rows: the minimum of the sum of the losses plus l2 / 2 |w|^2, by L-BFGS (Liu
/// and Nocedal 1989) from where the fit before it ended. What comes out does not depend on the
/// number of threads.
class Fit {
 public:
  /// The data are not needed any more once it is made.
  Fit(const FitData& data, int threads);
  Fit(Fit&&) noexcept;
  Fit& operator=(Fit&&) noexcept;
  ~Fit();

  /// Needs l2 > 0. Where the loss is no finite number the progress says so, and the weights stay.
  FitProgress minimize(double l2, const FitLimits& limits);

  std::size_t features() const;  ///< that have a weight
  LinearModel model() const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace turngreen::linear
