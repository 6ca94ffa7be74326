#include "bands.h"

#include <cmath>
#include <limits>

#include "turngreen/engine/selection/min_hash.h"

namespace turngreen::selection {
namespace {

/// That a pair of that similarity becomes a candidate.
double candidate_probability(double similarity, const Bands& bands) {
  return 1 - std::pow(1 - std::pow(similarity, static_cast<double>(bands.places)),
                      static_cast<double>(bands.count));
}

/// Simpson's rule.
double candidates_between(double from, double to, const Bands& bands) {
  constexpr int kSteps = 64;  // even
  const double width = (to - from) / kSteps;
  double sum = candidate_probability(from, bands) + candidate_probability(to, bands);
  for (int n = 1; n < kSteps; ++n)
    sum += candidate_probability(from + n * width, bands) * (n % 2 == 0 ? 2 : 4);
  return sum * width / 3;
}

}  // namespace

Bands bands_for(double threshold) {
  Bands best;
  double least = std::numeric_limits<double>::infinity();
  for (std::size_t count = 1; count <= kPermutations; ++count) {
    for (std::size_t places = 1; places <= kPermutations / count; ++places) {
      const Bands bands{count, places};
      const double wrong = candidates_between(0, threshold, bands);
      const double missed = 1 - threshold - candidates_between(threshold, 1, bands);
      if (wrong + missed >= least) continue;
      least = wrong + missed;
      best = bands;
    }
  }
  return best;
}

}  // namespace turngreen::selection
