#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace turngreen::selection {

/// Softmax regression on sets of hashed features, learned by AdaGrad (Duchi et al., JMLR 2011) one
/// example after the other.
class ProxyModel {
 public:
  /// At least one class.
  explicit ProxyModel(std::int64_t classes);

  /// The features of a text: its tokens and pairs of neighbours, each once, sorted.
  void read(std::span<const std::int32_t> ids, std::vector<std::uint32_t>& features) const;
  /// [classes]; valid until the next call.
  std::span<const float> probabilities(std::span<const std::uint32_t> features);
  void learn(std::span<const std::uint32_t> features, std::int64_t of_class);

 private:
  std::size_t classes_;
  std::uint32_t buckets_;       ///< a power of two
  std::vector<float> weights_;  ///< [buckets, classes]
  std::vector<float> squares_;  ///< [buckets, classes]: sums of squared gradients
  std::vector<float> outputs_;  ///< [classes]
};

}  // namespace turngreen::selection
