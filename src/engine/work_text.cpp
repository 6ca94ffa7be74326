#include "work_text.h"

#include <fmt/format.h>

#include "inference_arguments.h"

namespace turngreen::engine {

std::string work_text(const InferenceWork& work) {
  std::string text =
      fmt::format("on {} in {}, {} and {}; {:.3g} GFLOP", work.device.str(),
                  name_in(kInferencePrecisions, work.options.precision),
                  name_in(kInferenceEngines, work.options.engine),
                  name_in(kInferenceBatchings, work.options.batching), work.flops * 1e-9);
  if (work.energy) text += "; " + to_text(*work.energy);
  return text;
}

}  // namespace turngreen::engine
