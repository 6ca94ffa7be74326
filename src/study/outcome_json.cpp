#include "outcome_json.h"

#include <fmt/format.h>

#include <cmath>
#include <limits>
#include <stdexcept>

#include "turngreen/study/trial_json.h"

namespace turngreen::study {
namespace {

using nlohmann::ordered_json;
using pipeline::Outcome;
using Joules = units::Bounded<units::Energy>;

template <typename T>
ordered_json null_or(const std::optional<T>& value) {
  return value ? ordered_json(*value) : ordered_json();
}

template <typename T>
std::optional<T> optional_of(const ordered_json& value) {
  return value.is_null() ? std::nullopt : std::optional<T>(value.get<T>());
}

ordered_json null_if_empty(const std::string& text) {
  return text.empty() ? ordered_json() : ordered_json(text);
}

std::string text_or_empty(const ordered_json& value) {
  return value.is_null() ? std::string() : value.get<std::string>();
}

/// JSON knows finite numbers only; what a metric was instead is kept as a word.
ordered_json number_json(double value) {
  if (std::isfinite(value)) return value;
  return std::isnan(value) ? "nan" : value > 0 ? "inf" : "-inf";
}

double number_of(const ordered_json& value) {
  if (!value.is_string()) return value.get<double>();
  const auto& word = value.get_ref<const std::string&>();
  if (word == "nan") return std::nan("");
  if (word == "inf") return std::numeric_limits<double>::infinity();
  if (word == "-inf") return -std::numeric_limits<double>::infinity();
  throw std::invalid_argument(
      fmt::format("\"{}\" is no number; beside numbers there are nan, inf and -inf", word));
}

void add_energy(ordered_json& object, const std::optional<Joules>& energy) {
  object["energy_j"] = energy ? ordered_json(energy->value.in_joules()) : ordered_json();
  object["energy_low_j"] = energy ? ordered_json(energy->low.in_joules()) : ordered_json();
  object["energy_high_j"] = energy ? ordered_json(energy->high.in_joules()) : ordered_json();
}

Joules energy_of(const ordered_json& object) {
  return {units::joules(object.at("energy_j").get<double>()),
          units::joules(object.at("energy_low_j").get<double>()),
          units::joules(object.at("energy_high_j").get<double>())};
}

ordered_json json_of(const pipeline::StageCost& stage) {
  ordered_json object = {{"name", stage.name}};
  add_energy(object, stage.energy);
  object["seconds"] = stage.time.in_seconds();
  object["samples"] = null_or(stage.samples);
  if (stage.domains.empty()) return object;
  ordered_json& domains = object["domains"] = ordered_json::object();
  for (const auto& domain : stage.domains) domains[domain.name] = domain.energy.in_joules();
  return object;
}

pipeline::StageCost stage_of(const ordered_json& object) {
  pipeline::StageCost stage{object.at("name").get<std::string>(), energy_of(object),
                            units::seconds(object.at("seconds").get<double>()),
                            optional_of<std::uint64_t>(object.at("samples"))};
  // Stores of before have none.
  if (const auto domains = object.find("domains"); domains != object.end()) {
    for (const auto& [name, joules] : domains->items()) {
      stage.domains.push_back({name, units::joules(joules.get<double>())});
    }
  }
  return stage;
}

ordered_json json_of(const pipeline::EffectiveValue& effective) {
  const double* number = std::get_if<double>(&effective.value);
  ordered_json value;
  std::visit([&](const auto& held) { value = held; }, effective.value);
  return {{"knob", effective.knob}, {"value", number ? number_json(*number) : std::move(value)}};
}

pipeline::EffectiveValue effective_of(const ordered_json& object) {
  const ordered_json& value = object.at("value");
  pipeline::EffectiveValue effective{object.at("knob").get<std::string>(), {}};
  if (value.is_boolean()) {
    effective.value = value.get<bool>();
  } else if (value.is_number()) {
    effective.value = value.get<double>();
  } else {
    effective.value = value.get<std::string>();
  }
  return effective;
}

pipeline::Ending ending_of(const std::string& word) {
  if (const auto ending = pipeline::parse_ending(word)) return *ending;
  throw std::invalid_argument(fmt::format(
      "\"ending\" is \"{}\"; it can be completed, failed, infeasible or stopped", word));
}

}  // namespace

ordered_json json_of(const Outcome& outcome) {
  ordered_json object = {{"ending", pipeline::to_string(outcome.ending)},
                         {"reason", null_if_empty(outcome.reason)}};
  add_energy(object, outcome.energy);
  object["estimated_j"] =
      outcome.energy ? ordered_json(outcome.estimated.in_joules()) : ordered_json();
  object["energy_basis"] = null_if_empty(outcome.energy_basis);
  object["seconds"] = outcome.time.in_seconds();
  object["stages"] = ordered_json::array();
  for (const auto& stage : outcome.stages) object["stages"].push_back(json_of(stage));
  object["metrics"] = ordered_json::array();
  for (const auto& metric : outcome.metrics) {
    object["metrics"].push_back({{"name", metric.name}, {"value", number_json(metric.value)}});
  }
  object["effective"] = ordered_json::array();
  for (const auto& effective : outcome.effective) {
    object["effective"].push_back(json_of(effective));
  }
  object["predictions"] =
      outcome.predictions ? ordered_json(outcome.predictions->string()) : ordered_json();
  object["peak_memory_bytes"] = null_or(outcome.peak_memory_bytes);
  object["faults"] = outcome.faults;
  object["output_tail"] = null_if_empty(outcome.output_tail);
  return object;
}

Outcome outcome_of(const ordered_json& object) {
  Outcome outcome;
  outcome.ending = ending_of(object.at("ending").get<std::string>());
  outcome.reason = text_or_empty(object.at("reason"));
  if (!object.at("energy_j").is_null()) {
    outcome.energy = energy_of(object);
    outcome.estimated = units::joules(object.at("estimated_j").get<double>());
  }
  outcome.energy_basis = text_or_empty(object.at("energy_basis"));
  outcome.time = units::seconds(object.at("seconds").get<double>());
  for (const auto& stage : object.at("stages")) outcome.stages.push_back(stage_of(stage));
  for (const auto& metric : object.at("metrics")) {
    outcome.metrics.push_back(
        {metric.at("name").get<std::string>(), number_of(metric.at("value"))});
  }
  for (const auto& effective : object.at("effective")) {
    outcome.effective.push_back(effective_of(effective));
  }
  if (const ordered_json& file = object.at("predictions"); !file.is_null()) {
    outcome.predictions = file.get<std::string>();
  }
  outcome.peak_memory_bytes = optional_of<std::uint64_t>(object.at("peak_memory_bytes"));
  outcome.faults = object.at("faults").get<std::vector<std::string>>();
  outcome.output_tail = text_or_empty(object.at("output_tail"));
  return outcome;
}

std::string dump(const ordered_json& document, int indent) {
  return document.dump(indent, ' ', false, ordered_json::error_handler_t::replace);
}

std::string outcome_json(const Outcome& outcome) { return dump(json_of(outcome)); }

Result<Outcome> parse_outcome(std::string_view text) {
  try {
    return outcome_of(ordered_json::parse(text));
  } catch (const std::exception& e) {  // nlohmann's errors name the field
    return fail(Error::Kind::invalid_input,
                fmt::format("the outcome of a trial cannot be understood: {}", e.what()));
  }
}

}  // namespace turngreen::study
