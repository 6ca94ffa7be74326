#include "proxy_model.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include "turngreen/engine/selection/text_hash.h"

namespace turngreen::selection {
namespace {

constexpr std::uint32_t kMostBuckets = 1U << 18;
constexpr std::size_t kMostWeights = std::size_t{1} << 24;
constexpr float kRate = 0.5F;

}  // namespace

ProxyModel::ProxyModel(std::int64_t classes)
    : classes_(static_cast<std::size_t>(classes)),
      buckets_(std::bit_floor(static_cast<std::uint32_t>(
          std::clamp<std::size_t>(kMostWeights / classes_, 1, kMostBuckets)))),
      weights_(buckets_ * classes_),
      squares_(buckets_ * classes_),
      outputs_(classes_) {}

void ProxyModel::read(std::span<const std::int32_t> ids,
                      std::vector<std::uint32_t>& features) const {
  features.clear();
  std::uint64_t before = 0;
  for (const std::int32_t id : ids) {
    const std::uint64_t token = static_cast<std::uint32_t>(id) + std::uint64_t{1};
    for (const std::uint64_t feature : {token, before << 32 | token})
      features.push_back(static_cast<std::uint32_t>(mixed(feature)) & (buckets_ - 1));
    before = token;
  }
  std::sort(features.begin(), features.end());
  features.erase(std::unique(features.begin(), features.end()), features.end());
}

std::span<const float> ProxyModel::probabilities(std::span<const std::uint32_t> features) {
  std::fill(outputs_.begin(), outputs_.end(), 0.0F);
  for (const std::uint32_t feature : features)
    for (std::size_t c = 0; c < classes_; ++c) outputs_[c] += weights_[feature * classes_ + c];
  // Texts are of one length, whatever the number of their features.
  const float scale = 1 / std::sqrt(static_cast<float>(std::max<std::size_t>(features.size(), 1)));
  const float largest = *std::max_element(outputs_.begin(), outputs_.end());
  float sum = 0;
  for (float& output : outputs_) sum += output = std::exp((output - largest) * scale);
  for (float& output : outputs_) output /= sum;
  return outputs_;
}

void ProxyModel::learn(std::span<const std::uint32_t> features, std::int64_t of_class) {
  probabilities(features);
  outputs_[static_cast<std::size_t>(of_class)] -= 1;
  const float scale = 1 / std::sqrt(static_cast<float>(std::max<std::size_t>(features.size(), 1)));
  for (float& output : outputs_) output *= scale;  // now the gradient, of each feature's weights
  for (const std::uint32_t feature : features) {
    for (std::size_t c = 0; c < classes_; ++c) {
      const float gradient = outputs_[c];
      float& squares = squares_[feature * classes_ + c];
      squares += gradient * gradient;
      if (squares > 0) weights_[feature * classes_ + c] -= kRate * gradient / std::sqrt(squares);
    }
  }
}

}  // namespace turngreen::selection
