#include "model/fused/attention_pass.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "model/fused/compute.h"
#include "model/fused/threads.h"

namespace turngreen::model::fused {
namespace {

/// One head of one sequence.
struct Task {
  std::int64_t sequence;
  std::int64_t head;
  std::int64_t first_key;
  std::int64_t first_query;
  kernels::AttentionShape shape;
};

Task task_of(const AttentionPlace& place, std::int64_t sequence, std::int64_t head) {
  const auto at = static_cast<std::size_t>(sequence);
  const std::int64_t tokens = place.starts[at + 1] - place.starts[at];
  return {
      .sequence = sequence,
      .head = head,
      .first_key = place.starts[at],
      .first_query = place.first_only ? sequence : place.starts[at],
      .shape = {.storage = place.storage,
                .tokens = tokens,
                .queries = place.first_only ? 1 : tokens,
                .head_dim = place.head_dim,
                .reach = place.reach.value_or(-1),
                .scale = static_cast<float>(1.0 / std::sqrt(static_cast<double>(place.head_dim)))}};
}

/// Where a task's rows begin.
class Locator {
 public:
  Locator(const AttentionPlace& place, const Task& task)
      : bytes_(place.storage == kernels::Storage::f32 ? 4 : 2),
        column_(task.head * place.head_dim) {}
  void* at(const Heads& heads, std::int64_t row) const {
    return static_cast<char*>(heads.data) + (row * heads.stride + column_) * bytes_;
  }
  kernels::HeadRows in(const Heads& heads, std::int64_t row) const {
    return {at(heads, row), heads.stride};
  }
  kernels::HeadRowsOut out(const Heads& heads, std::int64_t row) const {
    return {at(heads, row), heads.stride};
  }

 private:
  std::int64_t bytes_;
  std::int64_t column_;
};

kernels::AttentionInputs inputs_of(const AttentionPlace& place, const AttentionData& data,
                                   const Task& task) {
  const Locator locate(place, task);
  kernels::AttentionInputs in;
  in.query = locate.in(data.query, task.first_query);
  in.key = locate.in(data.key, task.first_key);
  in.value = locate.in(data.value, task.first_key);
  const std::int64_t hidden = place.heads * place.head_dim;
  if (data.bias != nullptr) {
    in.query_bias = data.bias + task.head * place.head_dim;
    in.key_bias = in.query_bias + hidden;
    in.value_bias = in.key_bias + hidden;
  }
  in.cosines = data.cosines;
  in.sines = data.sines;
  in.dropout = kernels::dropout_of(
      data.dropout,
      mixed(data.seed, static_cast<std::uint64_t>(task.sequence * place.heads + task.head)));
  return in;
}

float* log_sums_of(const AttentionPlace& place, const AttentionData& data, const Task& task) {
  return data.log_sums + task.head * place.query_rows() + task.first_query;
}

}  // namespace

Heads heads_from(const at::Tensor& matrix, std::int64_t column) {
  const auto bytes = static_cast<std::int64_t>(matrix.element_size());
  return {static_cast<char*>(matrix.data_ptr()) + column * bytes, matrix.stride(0)};
}

void AttentionPass::order(const AttentionPlace& place) {
  const auto length = [&](std::int64_t sequence) {
    const auto at = static_cast<std::size_t>(sequence);
    return place.starts[at + 1] - place.starts[at];
  };
  order_.resize(static_cast<std::size_t>(place.sequences()));
  std::iota(order_.begin(), order_.end(), std::int64_t{0});
  std::stable_sort(order_.begin(), order_.end(),
                   [&](std::int64_t a, std::int64_t b) { return length(a) > length(b); });
  const std::size_t needed =
      kernels::best_kernels().attention_scratch(task_of(place, order_.front(), 0).shape);
  scratch_.resize(static_cast<std::size_t>(at::get_num_threads()));
  for (auto& scratch : scratch_) {
    if (scratch.size() < needed) scratch.resize(needed);
  }
}

void AttentionPass::forward(const AttentionPlace& place, const AttentionData& data) {
  order(place);
  hand_out(place.sequences() * place.heads, [&](std::int64_t number, std::int64_t thread) {
    const Task task = task_of(place, order_[static_cast<std::size_t>(number / place.heads)],
                              number % place.heads);
    kernels::best_kernels().attention_forward(
        task.shape,
        {.in = inputs_of(place, data, task),
         .context = Locator(place, task).out(data.context, task.first_query),
         .log_sums = log_sums_of(place, data, task)},
        scratch_of(thread));
  });
}

void AttentionPass::backward(const AttentionPlace& place, const AttentionData& data,
                             const AttentionGradients& gradients) {
  order(place);
  hand_out(place.sequences() * place.heads, [&](std::int64_t number, std::int64_t thread) {
    const Task task = task_of(place, order_[static_cast<std::size_t>(number / place.heads)],
                              number % place.heads);
    const Locator locate(place, task);
    kernels::best_kernels().attention_backward(
        task.shape,
        {.in = inputs_of(place, data, task),
         .context = locate.in(data.context, task.first_query),
         .log_sums = log_sums_of(place, data, task),
         .context_gradient = locate.in(gradients.context, task.first_query),
         .query_gradient = locate.out(gradients.query, task.first_query),
         .key_gradient = locate.out(gradients.key, task.first_key),
         .value_gradient = locate.out(gradients.value, task.first_key)},
        scratch_of(thread));
  });
}

}  // namespace turngreen::model::fused
