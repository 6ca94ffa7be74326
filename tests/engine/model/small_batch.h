#pragma once

#include <cstdint>
#include <numeric>
#include <vector>

#include "model/token_batch.h"

namespace turngreen::model {

/// Examples of these tokens.
inline data::Examples examples_of(const std::vector<std::vector<std::int32_t>>& sequences) {
  data::Examples examples;
  for (const auto& sequence : sequences) {
    examples.ids.insert(examples.ids.end(), sequence.begin(), sequence.end());
    examples.starts.push_back(static_cast<std::int64_t>(examples.ids.size()));
  }
  return examples;
}

/// All of `examples`, in their order.
inline TokenBatch batch_of(const data::Examples& examples, const BatchOptions& options) {
  std::vector<std::int64_t> chosen(static_cast<std::size_t>(examples.size()));
  std::iota(chosen.begin(), chosen.end(), std::int64_t{0});
  return make_batch(examples, chosen, options);
}

/// Sequences of these lengths; what their tokens are does not matter.
inline TokenBatch batch_of_lengths(const std::vector<std::size_t>& lengths, Layout layout) {
  std::vector<std::vector<std::int32_t>> sequences;
  for (const std::size_t length : lengths) sequences.emplace_back(length, 1);
  BatchOptions options;
  options.layout = layout;
  return batch_of(examples_of(sequences), options);
}

}  // namespace turngreen::model
