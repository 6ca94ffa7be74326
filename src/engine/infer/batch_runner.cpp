#include "infer/batch_runner.h"

#include <ATen/core/grad_mode.h>

#include <algorithm>

#include "infer/batches.h"

namespace turngreen::infer {

std::vector<float> run_batches(const BatchRun& run, const Forward& forward) {
  const at::NoGradGuard no_gradients;
  const InferenceOptions& options = run.ready.options();
  const model::BatchOptions batching{
      .layout = layout_of(options.batching),
      .pad_id = run.ready.model().architecture().pad_id.value_or(0),
      .pad_to = 0,
      .device = run.ready.model().parameters().front().tensor.device()};
  std::vector<float> all;
  for (const auto& chosen : batches_of(run.examples, batch_rules(options))) {
    const auto batch = model::make_batch(run.examples, chosen, batching);
    // [sequences, width]
    const at::Tensor rows = forward(batch).to(at::kCPU, at::kFloat).contiguous();
    const auto width = static_cast<std::size_t>(rows.size(1));
    all.resize(static_cast<std::size_t>(run.examples.size()) * width);
    const float* row = rows.const_data_ptr<float>();
    for (const std::int64_t example : chosen) {
      std::copy_n(
          row, width,
          all.begin() + static_cast<std::ptrdiff_t>(static_cast<std::size_t>(example) * width));
      row += width;
    }
    if (run.done) run.done(batch.sequences(), batch.real_tokens());
  }
  return all;
}

}  // namespace turngreen::infer
