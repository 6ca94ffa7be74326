#include "train/run_identity.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "train/content_hash.h"

namespace turngreen::train {
namespace {

template <typename T>
std::string text(const T& value) {
  if constexpr (std::is_enum_v<T>) {
    return fmt::format("{}", static_cast<int>(value));
  } else {
    return fmt::format("{}", value);
  }
}

template <typename T>
std::string text(const std::optional<T>& value) {
  return value ? text(*value) : "none";
}

std::string hash_of(const data::Examples& examples) {
  ContentHash hash;
  hash.add(std::span<const std::int32_t>(examples.ids));
  hash.add(std::span<const std::int64_t>(examples.starts));
  hash.add(std::span<const std::int64_t>(examples.classes));
  hash.add(std::span<const float>(examples.targets));
  return hash.text();
}

std::string hash_of(const model::Model& model) {
  ContentHash hash;
  for (const model::Parameter& parameter : model.parameters()) {
    const at::Tensor tensor = parameter.tensor.detach().to(at::kCPU).contiguous();
    hash.add_bytes({static_cast<const std::byte*>(tensor.const_data_ptr()), tensor.nbytes()});
  }
  return hash.text();
}

}  // namespace

RunIdentity run_identity(const TrainOptions& options, const TrainingData& data,
                         const model::Model& model) {
  return {{"epochs", options.max_steps ? "none" : text(options.epochs)},
          {"max-steps", text(options.max_steps)},
          {"batch-size", text(options.batch_size)},
          {"gradient-accumulation", text(options.gradient_accumulation)},
          {"learning-rate", text(options.learning_rate)},
          {"lr-scheduler-type", text(options.schedule)},
          {"warmup-ratio", text(options.warmup_ratio)},
          {"warmup-steps", text(options.warmup_steps)},
          {"weight-decay", text(options.weight_decay)},
          {"adam-beta1", text(options.adam_beta1)},
          {"adam-beta2", text(options.adam_beta2)},
          {"adam-epsilon", text(options.adam_epsilon)},
          {"max-grad-norm", text(options.max_grad_norm)},
          {"label-smoothing-factor", text(options.label_smoothing)},
          {"class-weights", text(options.class_weights)},
          {"seed", text(options.seed)},
          {"dropout", text(options.dropout)},
          {"layers-dropped", text(model.dropped_layers().count)},
          {"dropped-from", text(model.dropped_layers().from)},
          {"batching", text(options.batching)},
          {"pad-to", text(options.pad_to)},
          {"attention", text(options.attention)},
          {"compile", options.kernels == model::Kernels::fused ? "on" : "off"},
          {"precision", text(options.precision)},
          {"eval-strategy", text(options.evaluate)},
          {"eval-steps", text(options.evaluate_steps)},
          {"eval-batch-size", text(options.inference.batch_size)},
          {"inference-engine", text(options.inference.engine)},
          {"inference-precision", text(options.inference.precision)},
          {"inference-batching", text(options.inference.batching)},
          {"keep", text(options.keeps_best)},
          {"metric-for-best-model", options.best_metric},
          {"threshold",
           options.threshold.is_chosen ? options.threshold.metric : text(options.threshold.fixed)},
          {"early-stopping-patience", text(options.early_stopping_patience)},
          {"device", model.parameters().front().tensor.device().str()},
          {"model", hash_of(model)},
          {"training data", hash_of(data.training)},
          {"validation data", data.validation == nullptr ? "none" : hash_of(*data.validation)}};
}

std::optional<std::string> difference(const RunIdentity& was, const RunIdentity& is) {
  for (const auto& [name, value] : is) {
    const auto before =
        std::find_if(was.begin(), was.end(), [&](const auto& one) { return one.first == name; });
    if (before == was.end()) return fmt::format("{} was not told", name);
    if (before->second == value) continue;
    const bool is_hash = value.size() == 16;
    return is_hash ? fmt::format("the {} is another", name)
                   : fmt::format("{} was {} and is {}", name, before->second, value);
  }
  return std::nullopt;
}

std::string run_identity_json(const RunIdentity& identity) {
  nlohmann::ordered_json json = nlohmann::ordered_json::object();
  for (const auto& [name, value] : identity) json[name] = value;
  return json.dump(1) + "\n";
}

Result<RunIdentity> parse_run_identity(std::string_view json, std::string_view file) {
  try {
    const auto texts = nlohmann::json::parse(json).get<std::map<std::string, std::string>>();
    return RunIdentity(texts.begin(), texts.end());
  } catch (const nlohmann::json::exception& problem) {
    return fail(Error::Kind::invalid_input,
                fmt::format("{}: does not tell of a training run: {}", file, problem.what()));
  }
}

}  // namespace turngreen::train
