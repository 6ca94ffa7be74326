#include "turngreen/engine/linear/linear_model.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <numeric>

#include "blocks.h"
#include "turngreen/engine/linear/ngram_examples.h"

namespace turngreen::linear {
namespace {

constexpr float kLargest = 127;
constexpr std::size_t kBitsOfWord = 64;
constexpr std::size_t kExamplesOfBlock = 512;

std::vector<float> scales_of(const FittedWeights& fitted) {
  std::vector<float> largest(fitted.outputs());
  for (std::size_t i = 0; i < fitted.weights.size(); ++i) {
    float& own = largest[i % fitted.outputs()];
    own = std::max(own, std::abs(fitted.weights[i]));
  }
  for (float& one : largest) one /= kLargest;
  return largest;
}

std::int8_t rounded(float weight, float scale) {
  if (!(scale > 0)) return 0;
  return static_cast<std::int8_t>(std::clamp(std::round(weight / scale), -kLargest, kLargest));
}

}  // namespace

LinearModel::LinearModel(checkpoint::Labels labels, Ngrams ngrams, const FittedWeights& fitted)
    : labels_(std::move(labels)),
      ngrams_(ngrams),
      present_(kBuckets / kBitsOfWord),
      scales_(scales_of(fitted)),
      bias_(fitted.bias) {
  std::vector<std::size_t> order(fitted.buckets.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(),
            [&](std::size_t a, std::size_t b) { return fitted.buckets[a] < fitted.buckets[b]; });
  std::vector<std::int8_t> column(outputs());
  for (const std::size_t n : order) {
    for (std::size_t k = 0; k < outputs(); ++k)
      column[k] = rounded(fitted.weights[n * outputs() + k], scales_[k]);
    if (std::count(column.begin(), column.end(), 0) == std::ssize(column)) continue;
    weights_.insert(weights_.end(), column.begin(), column.end());
    const std::uint32_t bucket = fitted.buckets[n];
    present_[bucket / kBitsOfWord] |= std::uint64_t{1} << (bucket % kBitsOfWord);
  }
  index();
}

void LinearModel::index() {
  columns_before_.clear();
  std::uint32_t columns = 0;
  for (const std::uint64_t word : present_) {
    columns_before_.push_back(columns);
    columns += static_cast<std::uint32_t>(std::popcount(word));
  }
}

std::size_t LinearModel::columns() const {
  return outputs() == 0 ? 0 : weights_.size() / outputs();
}

std::vector<float> LinearModel::answer(const data::Examples& examples, int threads) const {
  const std::size_t labels = labels_.names.size();
  const auto count = static_cast<std::size_t>(examples.size());
  std::vector<float> logits(count * labels);
  for_each_block(count, kExamplesOfBlock, threads, [&](Block block) {
    for (std::size_t n = block.begin; n < block.end; ++n) {
      answer(examples.ids_of(static_cast<std::int64_t>(n)),
             std::span(logits).subspan(n * labels, labels));
    }
  });
  return logits;
}

void LinearModel::answer(std::span<const std::int32_t> buckets, std::span<float> out) const {
  constexpr std::size_t kFew = 16;
  std::array<std::int32_t, kFew> few{};
  std::vector<std::int32_t> many(outputs() > kFew ? outputs() : 0);
  std::int32_t* sums = many.empty() ? few.data() : many.data();
  for (const std::int32_t id : buckets) {
    const auto bucket = static_cast<std::uint32_t>(id);
    const std::uint64_t word = present_[bucket / kBitsOfWord];
    const std::uint64_t bit = std::uint64_t{1} << (bucket % kBitsOfWord);
    if ((word & bit) == 0) continue;
    const auto before = static_cast<std::size_t>(std::popcount(word & (bit - 1)));
    const std::int8_t* weights =
        weights_.data() + (columns_before_[bucket / kBitsOfWord] + before) * outputs();
    for (std::size_t k = 0; k < outputs(); ++k) sums[k] += weights[k];
  }
  const float feature = feature_of(buckets.size());
  const auto logit = [&](std::size_t k) {
    return static_cast<float>(sums[k]) * scales_[k] * feature + bias_[k];
  };
  if (outputs() == out.size()) {
    for (std::size_t k = 0; k < outputs(); ++k) out[k] = logit(k);
  } else {  // two classes, of which the second has these log odds
    out[1] = logit(0) / 2;
    out[0] = -out[1];
  }
}

}  // namespace turngreen::linear
