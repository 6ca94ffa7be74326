#include "model/token_batch.h"

#include <ATen/ops/arange.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/full.h>
#include <ATen/ops/zeros.h>

#include <algorithm>
#include <numeric>

namespace turngreen::model {
namespace {

std::int64_t longest_of(const TokenBatch& batch) {
  std::int64_t longest = 0;
  for (std::int64_t i = 0; i < batch.sequences(); ++i)
    longest = std::max(longest, batch.length_of(i));
  return longest;
}

/// Example i's ids from ids[row_begin(i)] on.
template <typename RowBegin>
void copy_ids(const data::Examples& examples, std::span<const std::int64_t> chosen,
              std::int64_t* ids, RowBegin row_begin) {
  for (std::size_t i = 0; i < chosen.size(); ++i) {
    const auto tokens = examples.ids_of(chosen[i]);
    std::copy(tokens.begin(), tokens.end(), ids + row_begin(i));
  }
}

}  // namespace

TokenBatch make_batch(const data::Examples& examples, std::span<const std::int64_t> chosen,
                      const BatchOptions& options) {
  TokenBatch batch;
  batch.layout = options.layout;
  for (const std::int64_t example : chosen) {
    const auto length = static_cast<std::int64_t>(examples.ids_of(example).size());
    batch.starts.push_back(batch.starts.back() + std::max<std::int64_t>(length, 1));
  }
  if (options.layout == Layout::packed) {
    batch.ids = at::full({batch.real_tokens()}, options.pad_id, at::kLong);
    copy_ids(examples, chosen, batch.ids.mutable_data_ptr<std::int64_t>(),
             [&](std::size_t i) { return batch.starts[i]; });
    batch.ids = batch.ids.to(options.device);
    return batch;
  }
  const std::int64_t width = std::max(longest_of(batch), options.pad_to);
  batch.ids = at::full({batch.sequences(), width}, options.pad_id, at::kLong);
  copy_ids(examples, chosen, batch.ids.mutable_data_ptr<std::int64_t>(),
           [&](std::size_t i) { return static_cast<std::int64_t>(i) * width; });
  batch.mask = at::zeros({batch.sequences(), width}, at::kBool);
  for (std::int64_t i = 0; i < batch.sequences(); ++i)
    std::fill_n(batch.mask.mutable_data_ptr<bool>() + i * width, batch.length_of(i), true);
  batch.ids = batch.ids.to(options.device);
  batch.mask = batch.mask.to(options.device);
  return batch;
}

at::Tensor positions_of(const TokenBatch& batch) {
  if (batch.layout == Layout::padded)
    return at::arange(batch.ids.size(1), batch.ids.options()).repeat({batch.ids.size(0)});
  at::Tensor positions = at::empty({batch.real_tokens()}, at::kLong);
  auto* out = positions.mutable_data_ptr<std::int64_t>();
  for (std::int64_t i = 0; i < batch.sequences(); ++i) {
    const auto begin = batch.starts[static_cast<std::size_t>(i)];
    std::iota(out + begin, out + begin + batch.length_of(i), std::int64_t{0});
  }
  return positions.to(batch.ids.device());
}

}  // namespace turngreen::model
