#include "turngreen/engine/selection/hardness.h"

#include <algorithm>

#include "proxy_model.h"
#include "turngreen/engine/selection/text_hash.h"

namespace turngreen::selection {
namespace {

constexpr int kPasses = 2;

float unsureness(std::span<const float> probabilities) {
  float first = 0;
  float second = 0;
  for (const float p : probabilities) {
    second = std::max(second, std::min(first, p));
    first = std::max(first, p);
  }
  return 1 - (first - second);
}

}  // namespace

std::vector<float> hardness_of(const ScoredExamples& examples, std::uint64_t seed) {
  const std::size_t count = examples.classes.size();
  std::vector<float> hardness(count);
  std::vector<std::uint32_t> features;
  const auto is_in_first_half = [&](std::size_t n) { return (mixed(mixed(seed) ^ n) & 1) == 0; };
  const auto ids_of = [&](std::size_t n) {
    const auto begin = static_cast<std::size_t>(examples.starts[n]);
    return examples.ids.subspan(begin, static_cast<std::size_t>(examples.starts[n + 1]) - begin);
  };
  for (const bool scored : {true, false}) {
    ProxyModel model(examples.outputs);
    for (int pass = 0; pass < kPasses; ++pass) {
      for (std::size_t n = 0; n < count; ++n) {
        if (is_in_first_half(n) == scored) continue;
        model.read(ids_of(n), features);
        model.learn(features, examples.classes[n]);
      }
    }
    for (std::size_t n = 0; n < count; ++n) {
      if (is_in_first_half(n) != scored) continue;
      model.read(ids_of(n), features);
      hardness[n] = unsureness(model.probabilities(features));
    }
  }
  return hardness;
}

}  // namespace turngreen::selection
