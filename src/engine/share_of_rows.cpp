#include "share_of_rows.h"

#include <algorithm>

#include "turngreen/engine/data/examples_part.h"
#include "turngreen/engine/selection/sample.h"

namespace turngreen::engine {
namespace {

constexpr double kLeastJudged = 200;

}  // namespace

void take_share(data::Examples& examples, double share, std::uint64_t seed) {
  if (share == 1) return;
  const auto chosen =
      selection::sample({.examples = examples.size(), .classes = examples.classes, .hardness = {}},
                        {.fraction = share, .sampling = selection::Sampling::random, .seed = seed});
  examples = data::part_of(examples, chosen);
}

void take_judged_share(data::Examples& examples, double share, std::uint64_t seed) {
  const double least = kLeastJudged / static_cast<double>(examples.size());
  take_share(examples, std::min(1.0, std::max(share, least)), seed);
}

}  // namespace turngreen::engine
