#include "knob_support.h"

#include <functional>
#include <map>

#include "compute_choices.h"
#include "data_options.h"
#include "linear_knob_support.h"
#include "model/device.h"
#include "model/fused/fused_encoder.h"
#include "model_choices.h"
#include "train_choices.h"
#include "usable_threads.h"

namespace turngreen::engine {
namespace {

template <typename T, std::size_t N>
std::vector<KnobValue> values_of(const std::array<Choice<T>, N>& choices) {
  std::vector<KnobValue> values;
  for (const auto& choice : choices) values.push_back({std::string(choice.name)});
  return values;
}

KnobSupport number(double least, std::optional<double> most = std::nullopt) {
  KnobSupport support;
  support.least = least;
  support.most = most;
  return support;
}

KnobSupport one_of(std::vector<KnobValue> values) {
  KnobSupport support;
  support.values = std::move(values);
  return support;
}

std::vector<KnobValue> devices() {
  std::vector<KnobValue> values{{"cpu"}};
  const auto first = model::parse_device("cuda");
  if (!first) values.push_back({.value = "cuda", .why = first.error().message});
  for (int i = 0; const auto device = model::parse_device("cuda:" + std::to_string(i)); ++i)
    values.push_back({device->str()});
  return values;
}

std::vector<KnobValue> precisions(at::Device device) {
  std::vector<KnobValue> values;
  for (const auto& choice : kPrecisions) {
    KnobValue value{std::string(choice.name)};
    if (const auto able = model::check_precision(choice.value, device); !able)
      value.why = able.error().message;
    else if (choice.value == model::Precision::fp16)
      value.why = "there is no loss scaling to train with; take bf16 or fp32";
    values.push_back(std::move(value));
  }
  return values;
}

/// That of the model, or one that the kernels are for: what is left to refuse is the device.
checkpoint::Architecture architecture_of(const checkpoint::ModelFolder* model) {
  if (model != nullptr) return model->config().architecture;
  checkpoint::Architecture architecture;
  architecture.hidden = 384;
  architecture.intermediate = 1536;
  architecture.heads = 12;
  return architecture;
}

/// What a value needs, unless a model was asked about.
std::string and_a_fit_model(std::string needs, const checkpoint::ModelFolder* model) {
  if (model != nullptr) return needs;
  return needs + ", and a model that it has kernels for (--model FOLDER tells)";
}

std::vector<KnobValue> kernels(at::Device device, const checkpoint::ModelFolder* model) {
  auto values = values_of(kCompile);
  for (KnobValue& value : values) {
    if (value.value != name_in(kCompile, model::Kernels::fused)) continue;
    const auto able =
        model::fused::check_fused(architecture_of(model), device, model::Layout::packed);
    if (able)
      value.needs = and_a_fit_model("batching: packed", model);
    else
      value.why = able.error().message;
  }
  return values;
}

std::vector<KnobValue> early_stopping() {
  auto values = values_of(kEarlyStopping);
  for (KnobValue& value : values)
    if (value.value == name_in(kEarlyStopping, true)) value.needs = "validation rows";
  return values;
}

std::vector<KnobValue> samplings() {
  auto values = values_of(kSamplings);
  for (KnobValue& value : values) {
    if (value.value != name_in(kSamplings, selection::Sampling::random))
      value.needs = "sample_fraction: less than 1, and labels of one class each";
  }
  return values;
}

std::vector<KnobValue> attentions() {
  auto values = values_of(kAttentions);
  for (KnobValue& value : values) {
    if (value.value == name_in(kAttentions, Attention::packed))
      value.needs = "compile: on (train), or inference_engine: fused (the others)";
  }
  return values;
}

std::vector<KnobValue> inference_engines(at::Device device, const checkpoint::ModelFolder* model) {
  auto values = values_of(kInferenceEngines);
  for (KnobValue& value : values) {
    if (value.value != name_in(kInferenceEngines, infer::Engine::fused)) continue;
    infer::InferenceOptions options;
    options.engine = infer::Engine::fused;
    options.batching = infer::Batching::packed;
    const auto able = infer::check_inference(options, architecture_of(model), device);
    if (able)
      value.needs = and_a_fit_model("inference_batching: packed", model);
    else
      value.why = able.error().message;
  }
  return values;
}

/// What either engine can do.
std::vector<KnobValue> inference_precisions(at::Device device,
                                            const checkpoint::ModelFolder* model) {
  std::vector<KnobValue> values;
  for (const auto& choice : kInferencePrecisions) {
    KnobValue value{std::string(choice.name)};
    infer::InferenceOptions options;
    options.precision = choice.value;
    if (choice.value == infer::Precision::int8_dynamic) {
      options.engine = infer::Engine::fused;
      options.batching = infer::Batching::packed;
      value.needs = "inference_engine: fused";
    }
    if (const auto able = infer::check_inference(options, architecture_of(model), device); !able)
      value = {.value = value.value, .why = able.error().message};
    values.push_back(std::move(value));
  }
  values.push_back({.value = "int8_static",
                    .why = "this version has int8_dynamic, which needs no calibration rows"});
  values.push_back({.value = "int4",
                    .why = "this version does not have it; products of an encoder's many tokens "
                           "are no faster in it"});
  return values;
}

KnobSupport lengths(const checkpoint::ModelFolder* model) {
  if (model == nullptr) return number(1);
  return number(1, static_cast<double>(model->config().architecture.max_positions));
}

KnobSupport dropped_layers(const checkpoint::ModelFolder* model) {
  if (model == nullptr) return number(0);
  return number(0, static_cast<double>(model->config().architecture.layers.size()) - 1);
}

std::vector<KnobValue> layer_ends() {
  auto values = values_of(kLayerEnds);
  values.back().needs = "layers_dropped: 1 or more";
  return values;
}

KnobSupport with_validation_rows() {
  KnobSupport support = number(1);
  support.needs = "validation rows";
  return support;
}

}  // namespace

std::vector<KnobSupport> knob_support(at::Device device, const checkpoint::ModelFolder* model) {
  const std::map<std::string_view, std::function<KnobSupport()>> ways{
      {"model_family", [] { return model_family_support(""); }},
      {"ngrams", ngrams_support},
      {"l2", l2_support},
      {"device", [] { return one_of(devices()); }},
      {"precision", [&] { return one_of(precisions(device)); }},
      {"batching", [] { return one_of(values_of(kBatchings)); }},
      {"attention", [] { return one_of(attentions()); }},
      {"compile", [&] { return one_of(kernels(device, model)); }},
      {"inference_engine", [&] { return one_of(inference_engines(device, model)); }},
      {"inference_precision", [&] { return one_of(inference_precisions(device, model)); }},
      {"inference_batching", [] { return one_of(values_of(kInferenceBatchings)); }},
      {"threads", [] { return number(1, usable_threads()); }},
      {"max_length", [&] { return lengths(model); }},
      {"batch_size", [] { return number(1); }},
      {"gradient_accumulation", [] { return number(1); }},
      {"epochs", [] { return number(1e-6); }},
      {"learning_rate", [] { return number(0); }},
      {"lr_scheduler_type", [] { return one_of(values_of(kSchedules)); }},
      {"class_weights", [] { return one_of(values_of(kClassWeights)); }},
      {"early_stopping_patience", [] { return with_validation_rows(); }},
      {"layers_dropped", [&] { return dropped_layers(model); }},
      {"dropped_from", [] { return one_of(layer_ends()); }},
      {"dedup", [] { return one_of(values_of(kDedups)); }},
      {"sample_fraction", [] { return number(1e-6, 1); }},
      {"sampling", [] { return one_of(samplings()); }},
      {"token_cache", [] { return one_of(values_of(kTokenCaches)); }},
      {"early_stopping", [] { return one_of(early_stopping()); }},
  };
  std::vector<KnobSupport> knobs;
  for (const EngineKnob& knob : engine_knobs()) {
    KnobSupport support = ways.at(knob.id)();
    support.id = knob.id;
    support.of_training_alone = knob.of_training_alone;
    knobs.push_back(std::move(support));
  }
  return knobs;
}

}  // namespace turngreen::engine
