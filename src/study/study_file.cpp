#include "turngreen/study/study_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <system_error>

#include "did_you_mean.h"
#include "read_goals.h"
#include "read_knobs.h"
#include "read_pipeline.h"
#include "read_text.h"
#include "turngreen/units/text.h"
#include "yaml_document.h"
#include "yaml_field.h"

namespace turngreen::study {
namespace {

namespace fs = std::filesystem;
using pipeline::CommandDescription;
using pipeline::RecordedDescription;
using pipeline::TableDescription;
using units::in_quotes;

std::string read_name(const YamlField& field) {
  constexpr std::size_t kLongest = 64;
  const auto name = field.text();
  if (!name) return {};
  // It names directories, and is typed on command lines.
  const auto fits = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-' || c == '.' || c == ' ' || (c & 0x80) != 0;
  };
  if (name->size() > kLongest || !std::all_of(name->begin(), name->end(), fits) ||
      name->front() == '.' || name->front() == '-' || name->front() == ' ') {
    field.fault(
        fmt::format("found {}; write letters, digits, '_', '-', '.' and blanks, {} bytes at "
                    "most, and begin with a letter, digit or '_'",
                    in_quotes(*name), kLongest));
  }
  return *name;
}

void read_pipeline(const YamlField& field, const fs::path& directory, StudyFile& study) {
  YamlSection section(field);
  std::vector<std::pair<std::string_view, YamlField>> given;
  for (const std::string_view kind : {"engine", "command", "table", "recorded"}) {
    if (const YamlField one = section[kind]; one.present()) given.emplace_back(kind, one);
  }
  section.finish();
  if (given.empty()) {
    if (field.is_map())
      field.fault(
          "it names no pipeline; write engine: {model: ...}, command: {run: [...]} or table: "
          "{file: ...}");
    return;
  }
  const auto& [kind, one] = given.front();
  for (std::size_t i = 1; i < given.size(); ++i)
    given[i].second.fault(fmt::format("there is {} {} too; a study has one pipeline",
                                      kind == "engine" ? "an" : "a", kind));
  if (kind == "engine") {
    auto [engine, limits] = read_engine(one, directory);
    study.engine = std::move(engine);
    study.pipeline = std::move(limits);
  } else if (kind == "command") {
    study.pipeline = read_command(one, directory);
  } else if (kind == "table") {
    study.pipeline = read_table(one, directory);
  } else {
    study.pipeline = read_recorded(one);
  }
}

/// Once the knobs are known.
void complete_engine_command(const YamlField& pipeline, StudyFile& study) {
  if (!study.engine) return;
  for (const auto& [name, value] : study.engine->settings) {
    if (!study.space.find(name)) continue;
    pipeline.fault(fmt::format(
        "{} is a knob of this study, so it may not stand under settings too; leave it out there",
        name));
  }
  auto& command = std::get<CommandDescription>(study.pipeline);
  command = turngreen::pipeline::engine_command(*study.engine, study.space, std::move(command));
}

std::vector<std::string> names_of(const TableDescription::Columns& columns) {
  std::vector<std::string> names;
  for (const auto& [name, column] : columns) names.push_back(name);
  return names;
}

/// The metrics that the study is going to ask of its pipeline: a command must leave them, a table
/// must have them.
void require_metrics(const YamlField& quality, const YamlField& constraints, StudyFile& study) {
  if (auto* command = std::get_if<CommandDescription>(&study.pipeline)) {
    auto& required = command->required_metrics;
    required.push_back(study.quality.metric);
    for (const auto& [metric, max, min] : study.constraints) {
      const bool built_in = metric == kSecondsMetric || metric == kPeakMemoryMetric;
      const bool doubled = std::find(required.begin(), required.end(), metric) != required.end();
      if (!built_in && !doubled) required.push_back(metric);
    }
    return;
  }
  const auto* table = std::get_if<TableDescription>(&study.pipeline);
  if (table == nullptr) return;  // what is recorded is known to the trials alone
  const auto metrics = names_of(table->quality);
  const auto check = [&](const std::string& metric, const YamlField& field) {
    if (metrics.empty() || std::find(metrics.begin(), metrics.end(), metric) != metrics.end())
      return;
    field.fault(
        fmt::format("the table has no metric {} under pipeline.table.quality; there are {}{}",
                    in_quotes(metric), fmt::join(metrics, ", "), did_you_mean(metric, metrics)));
  };
  if (!study.quality.metric.empty()) check(study.quality.metric, quality);
  for (const auto& constraint : study.constraints) {
    if (constraint.metric != kSecondsMetric) check(constraint.metric, constraints);
  }
}

void read_objective(YamlSection& root, StudyFile& study) {
  const YamlField objective = root["objective"];
  std::vector<std::string> words;
  for (const auto each :
       {Objective::energy, Objective::carbon, Objective::cost, Objective::energy_delay}) {
    words.emplace_back(to_string(each));
  }
  if (const auto word = objective.word(words)) study.objective = *parse_objective(*word);
  const YamlField carbon = root["carbon"];
  const YamlField price = root["price"];
  study.carbon_intensity = read_carbon(carbon);
  study.price = price.parsed(units::parse_energy_price);
  if (study.objective == Objective::carbon && !carbon.present()) {
    objective.fault("needs carbon: with gCO2e/kWh or a country");
  }
  if (study.objective == Objective::cost && !price.present()) {
    objective.fault("needs price: such as 0.30 EUR (per kWh)");
  }
}

void read_study(const YamlField& whole, StudyFile& study) {
  const fs::path directory = study.file.parent_path();
  YamlSection root(whole);
  study.name = read_name(root.required("name", "what the study is called"));
  const YamlField pipeline = root.required("pipeline", "what is to be tuned");
  read_pipeline(pipeline, directory, study);
  const bool recorded = std::holds_alternative<RecordedDescription>(study.pipeline);
  const YamlField quality =
      recorded ? root["quality"]
               : root.required("quality", "the metric, and how much of it may be given up");
  if (quality.present() || !recorded) study.quality = read_quality(quality);
  const YamlField constraints = root["constraints"];
  study.constraints = read_constraints(constraints);
  require_metrics(quality, constraints, study);
  const auto* table = std::get_if<TableDescription>(&study.pipeline);
  const YamlField knobs = root.required("knobs", "what may be turned");
  study.space = read_space(knobs, root["forbidden"],
                           table == nullptr ? std::vector<std::string>() : names_of(table->stages));
  complete_engine_command(pipeline, study);
  read_objective(root, study);
  study.budget = read_budget(root["budget"]);
  constexpr double kMostRuns = 1e12;
  study.future_runs =
      root["future_runs"].number({.low = 0, .high = kMostRuns}).value_or(study.future_runs);
  if (const YamlField verification = root["verification"]; verification.present()) {
    constexpr std::size_t kMostVerifications = 100;
    YamlSection section(verification);
    study.verification_runs =
        section["runs"].count(1, kMostVerifications).value_or(study.verification_runs);
    section.finish();
  }
  study.store = (directory / root["store"].text().value_or("turngreen.db")).lexically_normal();
  root.finish();
}

}  // namespace

Result<StudyFile> parse_study_file(std::string_view text, const std::filesystem::path& file) {
  std::error_code problem;
  const fs::path absolute = fs::absolute(file, problem);
  if (problem) {
    return fail(Error::Kind::io, fmt::format("{}: {}", file.string(), problem.message()));
  }
  YamlFaults faults;
  const auto document = parse_yaml(text);
  StudyFile study;
  if (!document) {
    faults.add(document.error());
  } else {
    study.text = text;
    study.file = absolute.lexically_normal();
    read_study({&*document, "", faults}, study);
  }
  if (!faults.empty()) return fail(Error::Kind::invalid_input, faults.text(file.string()));
  return study;
}

Result<StudyFile> load_study_file(const std::filesystem::path& file) {
  const auto text = read_text(file, "turngreen init writes one");
  if (!text) return tl::unexpected<Error>(text.error());
  return parse_study_file(*text, file);
}

}  // namespace turngreen::study
