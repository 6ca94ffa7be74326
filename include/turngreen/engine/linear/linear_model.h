#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string_view>
#include <vector>

#include "turngreen/engine/checkpoint/architecture.h"
#include "turngreen/engine/data/examples.h"
#include "turngreen/engine/linear/ngrams.h"
#include "turngreen/units/result.h"

namespace turngreen::linear {

/// "model_type" in the config.json of such a model.
inline constexpr std::string_view kModelType = "turngreen-hashed-linear";

/// Weights as a fit has them.
struct FittedWeights {
  std::vector<std::uint32_t> buckets;  ///< of each column, each once
  std::vector<float> weights = {};     ///< [columns, outputs]
  std::vector<float> bias = {};        ///< [outputs]
  std::size_t outputs() const { return bias.size(); }
};

/// A linear model of n-grams: a weight for each and each output, in 8 bits.
///
/// A classifier of two classes has one output, the log odds of the second; others have one for each
/// label. Whoever asks gets logits for all labels either way.
class LinearModel {
 public:
  /// Weights are rounded to 1/127 of the output's largest; columns that are left with zeros alone
  /// go.
  LinearModel(checkpoint::Labels labels, Ngrams ngrams, const FittedWeights& weights);

  /// Whether a model folder's config.json tells of such a model.
  static bool is_in(const std::filesystem::path& folder);
  /// Error: as checkpoint::ModelFolder's; tensors that do not fit the config or each other.
  static Result<LinearModel> load(const std::filesystem::path& folder);
  /// Writes config.json and model.safetensors into a folder that is there.
  Result<void> save(const std::filesystem::path& folder) const;

  const checkpoint::Labels& labels() const { return labels_; }
  Ngrams ngrams() const { return ngrams_; }
  std::size_t columns() const;  ///< n-grams that have a weight
  std::size_t outputs() const { return bias_.size(); }

  /// The logits of each example, [examples, labels]; ids are buckets, as append_ngrams has them.
  std::vector<float> answer(const data::Examples& examples, int threads) const;

 private:
  LinearModel() = default;
  void index();
  void answer(std::span<const std::int32_t> buckets, std::span<float> out) const;

  checkpoint::Labels labels_;
  Ngrams ngrams_ = Ngrams::words;
  /// A bit for each bucket that is a column, from the lowest: columns are in the order of buckets.
  std::vector<std::uint64_t> present_;
  std::vector<std::uint32_t> columns_before_;  ///< [words of present_]
  std::vector<std::int8_t> weights_;           ///< [columns, outputs]
  std::vector<float> scales_;                  ///< [outputs]: what a weight of 1 is
  std::vector<float> bias_;                    ///< [outputs]
};

}  // namespace turngreen::linear
