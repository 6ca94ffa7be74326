#pragma once

#include <vector>

#include "infer/ready_model.h"
#include "turngreen/engine/data/examples.h"

namespace turngreen::infer {

/// The mean of each text's hidden states: [examples, hidden], in the order of `examples`, in fp32.
/// `normalized` gives each length 1, as a Normalize module of sentence-transformers does.
std::vector<float> sentence_vectors_of(const ReadyModel& ready, const data::Examples& examples,
                                       bool normalized, const BatchDone& done = {});

}  // namespace turngreen::infer
