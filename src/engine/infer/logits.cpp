#include "infer/logits.h"

#include "infer/batch_runner.h"

namespace turngreen::infer {

std::vector<float> logits_of(const ReadyModel& ready, const data::Examples& examples,
                             const BatchDone& done) {
  return run_batches({ready, examples, done},
                     [&](const model::TokenBatch& batch) { return ready.logits(batch); });
}

}  // namespace turngreen::infer
