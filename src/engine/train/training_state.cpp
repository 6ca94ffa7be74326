#include "train/training_state.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

namespace turngreen::train {
namespace {

using nlohmann::ordered_json;

ordered_json number_or_null(const std::optional<double>& value) {
  return value ? ordered_json(*value) : ordered_json(nullptr);
}

ordered_json json_of(const LogEntry& entry) {
  return {{"step", entry.step},
          {"epoch", entry.epoch},
          {"loss", entry.loss},
          {"grad_norm", entry.gradient_norm},
          {"learning_rate", entry.learning_rate}};
}

ordered_json json_of(const Evaluation& evaluation) {
  ordered_json figures = ordered_json::array();
  for (const metrics::Metric& metric : evaluation.metrics)
    figures.push_back({metric.name, number_or_null(metric.value)});
  return {{"step", evaluation.step},
          {"epoch", evaluation.epoch},
          {"threshold", number_or_null(evaluation.threshold)},
          {"metrics", std::move(figures)},
          {"warnings", evaluation.warnings}};
}

LogEntry entry_of(const ordered_json& json) {
  return {.step = json.at("step"),
          .epoch = json.at("epoch"),
          .loss = json.at("loss"),
          .gradient_norm = json.at("grad_norm"),
          .learning_rate = json.at("learning_rate")};
}

Evaluation evaluation_of(const ordered_json& json) {
  Evaluation evaluation{.step = json.at("step"),
                        .epoch = json.at("epoch"),
                        .threshold = {},
                        .metrics = {},
                        .warnings = json.at("warnings")};
  if (!json.at("threshold").is_null()) evaluation.threshold = json.at("threshold").get<double>();
  for (const ordered_json& figure : json.at("metrics")) {
    metrics::Metric metric{.name = figure.at(0), .value = {}, .interval = {}};
    if (!figure.at(1).is_null()) metric.value = figure.at(1).get<double>();
    evaluation.metrics.push_back(std::move(metric));
  }
  return evaluation;
}

TrainingState state_of(const ordered_json& json) {
  TrainingState state;
  state.step = json.at("step");
  state.loss_sum = json.at("loss_sum");
  state.loss_count = json.at("loss_count");
  // Checkpoints from before there were these have none.
  if (json.contains("loss_scale")) {
    const ordered_json& scale = json.at("loss_scale");
    state.loss_scale = {.scale = scale.at("scale"),
                        .good_steps = scale.at("good_steps"),
                        .skipped = scale.at("skipped")};
  }
  if (json.contains("zeroed_gradients")) {
    const ordered_json& zeroed = json.at("zeroed_gradients");
    state.zeroed = {.zeroed = zeroed.at("zeroed"), .of = zeroed.at("of")};
  }
  for (const ordered_json& entry : json.at("log")) state.log.push_back(entry_of(entry));
  for (const ordered_json& one : json.at("evaluations"))
    state.evaluations.push_back(evaluation_of(one));
  if (!json.at("best").is_null()) state.best = json.at("best").get<std::size_t>();
  return state;
}

}  // namespace

double zeroed_share(const TrainingState& state) {
  if (state.zeroed.of == 0) return 0;
  return static_cast<double>(state.zeroed.zeroed) / static_cast<double>(state.zeroed.of);
}

const Evaluation* kept_evaluation(const TrainingState& state, bool keeps_best) {
  if (keeps_best && state.best) return &state.evaluations[*state.best];
  if (state.evaluations.empty() || state.evaluations.back().step != state.step) return nullptr;
  return &state.evaluations.back();
}

std::string training_state_json(const TrainingState& state) {
  ordered_json json{
      {"step", state.step},
      {"loss_sum", state.loss_sum},
      {"loss_count", state.loss_count},
      {"loss_scale",
       {{"scale", state.loss_scale.scale},
        {"good_steps", state.loss_scale.good_steps},
        {"skipped", state.loss_scale.skipped}}},
      {"zeroed_gradients", {{"zeroed", state.zeroed.zeroed}, {"of", state.zeroed.of}}},
      {"best", state.best ? ordered_json(*state.best) : ordered_json(nullptr)},
      {"log", ordered_json::array()},
      {"evaluations", ordered_json::array()}};
  for (const LogEntry& entry : state.log) json["log"].push_back(json_of(entry));
  for (const Evaluation& one : state.evaluations) json["evaluations"].push_back(json_of(one));
  return json.dump(1) + "\n";
}

Result<TrainingState> parse_training_state(std::string_view json, std::string_view file) {
  const auto damaged = [&](std::string_view what) {
    return fail(Error::Kind::invalid_input,
                fmt::format("{}: no state of a training run: {}", file, what));
  };
  try {
    TrainingState state = state_of(ordered_json::parse(json));
    if (state.step < 0) return damaged("a negative step");
    if (state.best && *state.best >= state.evaluations.size())
      return damaged("the best evaluation is none of those listed");
    return state;
  } catch (const ordered_json::exception& problem) {
    return damaged(problem.what());
  }
}

}  // namespace turngreen::train
