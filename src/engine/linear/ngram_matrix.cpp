#include "ngram_matrix.h"

#include <algorithm>
#include <array>
#include <utility>

#include "blocks.h"
#include "turngreen/engine/linear/ngram_examples.h"

namespace turngreen::linear {
namespace {

constexpr std::uint32_t kFewestRows = 2;  ///< that share an n-gram which is a column
constexpr std::size_t kRowsOfBlock = 512;
constexpr std::size_t kColumnsOfBlock = 8192;

/// A sum of rows of a matrix [.., outputs]: of so many outputs, or of any number where that is 0.
template <std::size_t kOutputs>
void sum_of(std::span<const std::uint32_t> chosen, const float* matrix, std::size_t outputs,
            float* sum) {
  const std::size_t width = kOutputs > 0 ? kOutputs : outputs;
  std::fill_n(sum, width, 0.0F);
  for (const std::uint32_t row : chosen) {
    const float* from = matrix + row * width;
    for (std::size_t k = 0; k < width; ++k) sum[k] += from[k];
  }
}

using Sum = void (*)(std::span<const std::uint32_t>, const float*, std::size_t, float*);

template <std::size_t... kOutputs>
constexpr std::array<Sum, sizeof...(kOutputs)> sums(std::index_sequence<kOutputs...>) {
  return {sum_of<kOutputs>...};
}

constexpr auto kSums = sums(std::make_index_sequence<17>());

/// The one that the compiler has unrolled, where there is one.
Sum sum_for(std::size_t outputs) { return kSums[outputs < kSums.size() ? outputs : 0]; }

}  // namespace

NgramMatrix::NgramMatrix(const data::Examples& examples) {
  number_columns(examples);
  std::vector<std::uint32_t> column_of(kBuckets, kBuckets);
  for (std::size_t column = 0; column < buckets_.size(); ++column)
    column_of[buckets_[column]] = static_cast<std::uint32_t>(column);
  for (std::int64_t row = 0; row < examples.size(); ++row) {
    const auto ids = examples.ids_of(row);
    for (const std::int32_t id : ids) {
      const std::uint32_t column = column_of[static_cast<std::uint32_t>(id)];
      if (column != kBuckets) columns_of_rows_.push_back(column);
    }
    row_starts_.push_back(columns_of_rows_.size());
    features_.push_back(feature_of(ids.size()));
  }
  rows_of_columns_.resize(columns_of_rows_.size());
  std::vector<std::size_t> next(column_starts_.begin(), column_starts_.end() - 1);
  for (std::size_t row = 0; row < rows(); ++row) {
    for (std::size_t at = row_starts_[row]; at < row_starts_[row + 1]; ++at)
      rows_of_columns_[next[columns_of_rows_[at]]++] = static_cast<std::uint32_t>(row);
  }
}

void NgramMatrix::number_columns(const data::Examples& examples) {
  std::vector<std::uint32_t> counts(kBuckets);
  for (const std::int32_t id : examples.ids) ++counts[static_cast<std::uint32_t>(id)];
  for (std::uint32_t bucket = 0; bucket < kBuckets; ++bucket)
    if (counts[bucket] >= kFewestRows) buckets_.push_back(bucket);
  // What is read most lies together.
  std::stable_sort(buckets_.begin(), buckets_.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return counts[a] > counts[b]; });
  column_starts_.push_back(0);
  for (const std::uint32_t bucket : buckets_)
    column_starts_.push_back(column_starts_.back() + counts[bucket]);
}

void NgramMatrix::multiply(std::span<const float> weights, std::size_t outputs, int threads,
                           std::span<float> out) const {
  const float* bias = weights.data() + buckets_.size() * outputs;
  const Sum sum = sum_for(outputs);
  for_each_block(rows(), kRowsOfBlock, threads, [&](Block block) {
    for (std::size_t row = block.begin; row < block.end; ++row) {
      float* own = out.data() + row * outputs;
      const auto columns = std::span(columns_of_rows_)
                               .subspan(row_starts_[row], row_starts_[row + 1] - row_starts_[row]);
      sum(columns, weights.data(), outputs, own);
      for (std::size_t k = 0; k < outputs; ++k) own[k] = own[k] * features_[row] + bias[k];
    }
  });
}

void NgramMatrix::multiply_transposed(std::span<const float> values, std::size_t outputs,
                                      int threads, std::span<float> out) const {
  std::vector<float> scaled(values.size());
  std::vector<double> bias(outputs);
  for (std::size_t row = 0; row < rows(); ++row) {
    for (std::size_t k = 0; k < outputs; ++k) {
      const float value = values[row * outputs + k];
      scaled[row * outputs + k] = value * features_[row];
      bias[k] += value;
    }
  }
  const Sum sum = sum_for(outputs);
  for_each_block(buckets_.size(), kColumnsOfBlock, threads, [&](Block block) {
    for (std::size_t column = block.begin; column < block.end; ++column) {
      const auto rows =
          std::span(rows_of_columns_)
              .subspan(column_starts_[column], column_starts_[column + 1] - column_starts_[column]);
      sum(rows, scaled.data(), outputs, out.data() + column * outputs);
    }
  });
  for (std::size_t k = 0; k < outputs; ++k)
    out[buckets_.size() * outputs + k] = static_cast<float>(bias[k]);
}

}  // namespace turngreen::linear
