#include "model/fused/activation_pass.h"

#include "model/fused/compute.h"
#include "model/fused/threads.h"

namespace turngreen::model::fused {

void activation_forward(const FeedForwardActivation& activation, const at::Tensor& in,
                        const at::Tensor& out) {
  share_out(out.size(0), [&](std::int64_t begin, std::int64_t end, std::int64_t) {
    kernels::best_kernels().activation_forward({.storage = storage_of(in.scalar_type()),
                                                .kind = activation.kind,
                                                .begin = begin,
                                                .end = end,
                                                .features = out.size(1)},
                                               {.in = in.data_ptr(),
                                                .bias = activation.bias,
                                                .dropout = activation.dropout,
                                                .out = out.data_ptr()});
  });
}

void activation_backward(const FeedForwardActivation& activation, const at::Tensor& in,
                         const ActivationGradients& gradients, ThreadSums& sums) {
  const std::int64_t features = gradients.out.size(1);
  if (gradients.bias.defined()) sums.reset(features);
  share_out(in.size(0), [&](std::int64_t begin, std::int64_t end, std::int64_t thread) {
    kernels::best_kernels().activation_backward(
        {.storage = storage_of(in.scalar_type()),
         .kind = activation.kind,
         .begin = begin,
         .end = end,
         .features = features},
        {.in = in.const_data_ptr(),
         .out_gradient = gradients.out.const_data_ptr(),
         .dropout = activation.dropout,
         .in_gradient = gradients.in.data_ptr(),
         .bias_gradient = gradients.bias.defined() ? sums.of(thread) : nullptr});
  });
  if (gradients.bias.defined()) sums.add_to(gradients.bias, 0);
}

void add_column_sums(const at::Tensor& matrix, const at::Tensor& target, ThreadSums& sums) {
  sums.reset(matrix.size(1));
  share_out(matrix.size(0), [&](std::int64_t begin, std::int64_t end, std::int64_t thread) {
    kernels::best_kernels().column_sums({.storage = storage_of(matrix.scalar_type()),
                                         .begin = begin,
                                         .end = end,
                                         .features = matrix.size(1),
                                         .source = matrix.const_data_ptr(),
                                         .stride = matrix.stride(0),
                                         .sums = sums.of(thread)});
  });
  sums.add_to(target, 0);
}

}  // namespace turngreen::model::fused
