#include "engine_knobs.h"

#include <array>

namespace turngreen::engine {
namespace {

constexpr std::array kKnobs{
    EngineKnob{"model_family", true},
    EngineKnob{"ngrams", true},
    EngineKnob{"l2", true},
    EngineKnob{"device"},
    EngineKnob{"precision", true},
    EngineKnob{"batching", true},
    EngineKnob{"attention"},
    EngineKnob{"compile", true},
    EngineKnob{"inference_engine"},
    EngineKnob{"inference_precision"},
    EngineKnob{"inference_batching"},
    EngineKnob{"threads"},
    EngineKnob{"max_length"},
    EngineKnob{"batch_size"},
    EngineKnob{"gradient_accumulation", true},
    EngineKnob{"epochs", true},
    EngineKnob{"learning_rate", true},
    EngineKnob{"lr_scheduler_type", true},
    EngineKnob{"class_weights", true},
    EngineKnob{"early_stopping_patience", true},
    EngineKnob{"layers_dropped", true},
    EngineKnob{"dropped_from", true},
    EngineKnob{"dedup", true},
    EngineKnob{"sample_fraction", true},
    EngineKnob{"sampling", true},
    EngineKnob{"token_cache", true},
    EngineKnob{"early_stopping", true},
};

}  // namespace

std::span<const EngineKnob> engine_knobs() { return kKnobs; }

std::span<const AbsentKnobs> absent_knobs() {
  static const std::vector<AbsentKnobs> absent{
      {{"gradient_checkpointing", "frozen_layers", "head_pruning", "weight_sparsity",
        "distilled_student", "lora", "lora_alpha", "lora_targets", "base_quantisation", "optimizer",
        "gradient_sparsity", "selective_backprop", "early_exit", "model_cascade"},
       "this version does not have it"},
      {{"tokenizer"}, "the model folder's is the only one"},
      {{"loader_workers", "pin_memory"}, "tokens are in memory before training begins"},
      {{"allocator"},
       "it is of the environment: MALLOC_TRIM_THRESHOLD_ and its like, or LD_PRELOAD"},
      {{"power_limit", "clock_limit"}, "it is of the device, not of a program"},
  };
  return absent;
}

std::vector<KnobSupport> no_knob_because(std::string_view why) {
  std::vector<KnobSupport> knobs;
  for (const EngineKnob& knob : kKnobs) {
    knobs.push_back(
        {.id = knob.id, .of_training_alone = knob.of_training_alone, .why = std::string(why)});
  }
  return knobs;
}

}  // namespace turngreen::engine
