#include "infer/forward_flops.h"

#include "infer/batches.h"
#include "model/flop_count.h"
#include "model/token_batch.h"

namespace turngreen::infer {

std::int64_t forward_flops(const HeadedEncoder& model, const data::Examples& examples,
                           const InferenceOptions& options) {
  model::BatchOptions batching;
  batching.layout = layout_of(options.batching);
  std::int64_t flops = 0;
  for (const auto& chosen : batches_of(examples, batch_rules(options))) {
    const auto batch = model::make_batch(examples, chosen, batching);
    flops += model::executed_flops(model.architecture, model.outputs, batch).forward;
  }
  return flops;
}

}  // namespace turngreen::infer
