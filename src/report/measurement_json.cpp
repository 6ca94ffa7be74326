#include "turngreen/report/measurement_json.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <ctime>
#include <nlohmann/json.hpp>

#include "run_facts.h"
#include "stage_outline.h"
#include "summary_json.h"

namespace turngreen::report {
namespace {

using energy::DomainEnergy;
using energy::Statement;
using nlohmann::ordered_json;
using pipeline::Measurement;

/// Whole microjoules, as the decimal number of joules nearest to them.
double joules_of(units::Energy energy) {
  return static_cast<double>(energy.in_microjoules()) / 1e6;
}

void add_energy(ordered_json& object, const std::optional<EnergyBounds>& energy) {
  object["energy_j"] = energy ? ordered_json(joules_of(energy->value)) : ordered_json();
  object["energy_low_j"] = energy ? ordered_json(joules_of(energy->low)) : ordered_json();
  object["energy_high_j"] = energy ? ordered_json(joules_of(energy->high)) : ordered_json();
}

ordered_json json_of(const DomainEnergy& energy) {
  ordered_json object;
  add_energy(object, energy.energy);
  object["unmeasured_s"] = energy.unmeasured.in_seconds();
  return object;
}

ordered_json by_domain(const Statement& statement, const std::vector<DomainEnergy>& energies) {
  ordered_json object = ordered_json::object();
  for (std::size_t i = 0; i < energies.size() && i < statement.domains.size(); ++i) {
    object[statement.domains[i].name] = json_of(energies[i]);
  }
  return object;
}

ordered_json total_json(const Statement& statement) {
  ordered_json total;
  add_energy(total, statement.total.energy);
  total["seconds"] = statement.time().in_seconds();
  total["estimated_j"] =
      statement.total.energy ? ordered_json(joules_of(statement.estimated)) : ordered_json();
  total["unmeasured_s"] = statement.total.unmeasured.in_seconds();
  return total;
}

ordered_json stages_json(const Statement& statement) {
  ordered_json stages = ordered_json::array();
  for (std::size_t i = 0; i < statement.stages.size(); ++i) {
    const auto& stage = statement.stages[i];
    ordered_json object;
    object["name"] = stage.name;
    object["parent"] =
        stage.parent ? ordered_json(statement.stages.at(*stage.parent).name) : ordered_json();
    object["parent_index"] = stage.parent ? ordered_json(*stage.parent) : ordered_json();
    add_energy(object, stage.total.energy);
    object["seconds"] = stage.time.in_seconds();
    object["count"] = stage.count;
    object["unmeasured_s"] = stage.total.unmeasured.in_seconds();
    object["open_at_end"] = stage.open_at_end;
    object["domains"] = by_domain(statement, stage.domains);
    object["own"] = json_of(own_total(statement, i));
    object["own"]["domains"] = by_domain(statement, stage.own);
    stages.push_back(std::move(object));
  }
  return stages;
}

ordered_json domains_json(const Statement& statement) {
  ordered_json domains = ordered_json::array();
  for (std::size_t i = 0; i < statement.domains.size(); ++i) {
    const auto& domain = statement.domains[i];
    ordered_json object;
    object["name"] = domain.name;
    object["kind"] = energy::to_string(domain.kind);
    object["source"] = energy::to_string(domain.source);
    object["origin"] = domain.origin;
    object["estimated"] = domain.estimated();
    object["counted"] = domain.counted();
    object["not_counted_because"] =
        domain.counted() ? ordered_json() : ordered_json(domain.not_counted_because);
    object["contained_in"] =
        domain.contained_in ? ordered_json(*domain.contained_in) : ordered_json();
    if (i < statement.domain_totals.size()) object.update(json_of(statement.domain_totals[i]));
    domains.push_back(std::move(object));
  }
  return domains;
}

ordered_json faults_json(const Statement& statement) {
  ordered_json faults = ordered_json::array();
  for (const auto& fault : statement.faults) {
    faults.push_back(
        {{"kind", energy::to_string(fault.kind)},
         {"subject", fault.subject.empty() ? ordered_json() : ordered_json(fault.subject)},
         {"count", fault.count},
         {"first_s", (fault.first - statement.start).in_seconds()},
         {"last_s", (fault.last - statement.start).in_seconds()},
         {"duration_s", fault.duration.in_seconds()},
         {"detail", fault.detail}});
  }
  return faults;
}

/// Work counted by the program, with the joules of one piece where the stage's name tells which
/// joules.
ordered_json progress_json(const Measurement& m) {
  ordered_json list = ordered_json::array();
  for (const auto& progress : m.progress) {
    const auto energy = energy_of_stage(m.energy, progress.stage);
    const auto per = [&](std::uint64_t count) {
      return energy && count > 0
                 ? ordered_json(energy->value.in_joules() / static_cast<double>(count))
                 : ordered_json();
    };
    list.push_back(
        {{"stage", progress.stage.empty() ? ordered_json() : ordered_json(progress.stage)},
         {"samples", progress.samples},
         {"tokens", progress.tokens},
         {"energy_per_sample_j", per(progress.samples)},
         {"energy_per_token_j", per(progress.tokens)}});
  }
  return list;
}

std::string utc_text(std::int64_t unix_ns) {
  const std::time_t seconds = static_cast<std::time_t>(unix_ns / 1'000'000'000);
  return fmt::format("{:%Y-%m-%dT%H:%M:%S}.{:03}Z", fmt::gmtime(seconds),
                     unix_ns % 1'000'000'000 / 1'000'000);
}

ordered_json document_of(const Measurement& m) {
  ordered_json facts = run_facts(m);
  ordered_json document;
  document["schema"] = kMeasurementSchema;
  document["generator"] = "turngreen " TURNGREEN_VERSION;
  document["command"] = std::move(facts["command"]);
  // Without a command, this is a recording that was cut short: nobody knows how the run ended.
  const bool ended = !m.command.empty();
  document["exit_status"] = ended ? ordered_json(m.exit_status) : ordered_json();
  document["signal"] = std::move(facts["signal"]);
  document["started"] = ended ? ordered_json(utc_text(m.started_unix_ns)) : ordered_json();
  document["scope"] = std::move(facts["scope"]);
  document["scope_basis"] = std::move(facts["scope_basis"]);
  document["total"] = total_json(m.energy);
  document["stages"] = stages_json(m.energy);
  document["outside_stages"] = ordered_json();
  if (!m.energy.stages.empty()) {
    add_energy(document["outside_stages"], m.energy.outside.total.energy);
    document["outside_stages"]["seconds"] = m.energy.outside.time.in_seconds();
  }
  document["domains"] = domains_json(m.energy);
  document["faults"] = faults_json(m.energy);
  document["idle"] = std::move(facts["idle"]);
  document["above_idle"] = ordered_json();
  if (m.above_idle) add_energy(document["above_idle"], m.above_idle);
  for (const char* key : {"carbon", "cost", "metrics", "effective"}) {
    document[key] = std::move(facts[key]);
  }
  document["progress"] = progress_json(m);
  document["predictions_file"] = std::move(facts["predictions_file"]);
  document["sampling"] = {{"samples", m.energy.sampling.samples},
                          {"period_s", m.energy.sampling.period.in_seconds()},
                          {"longest_gap_s", m.energy.sampling.longest_gap.in_seconds()},
                          {"sampling_time_s", m.energy.sampling.sampling_time.in_seconds()}};
  document["resources"] = std::move(facts["resources"]);
  document["machine"] = std::move(facts["machine"]);
  return document;
}

std::string text_of(const ordered_json& document) {
  return document.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + '\n';
}

}  // namespace

std::string measurement_json(const Measurement& measurement) {
  return text_of(document_of(measurement));
}

std::string measurements_json(std::span<const Measurement> runs) {
  ordered_json document;
  document["schema"] = kMeasurementsSchema;
  document["generator"] = "turngreen " TURNGREEN_VERSION;
  document["runs"] = ordered_json::array();
  for (const auto& run : runs) document["runs"].push_back(document_of(run));
  document["summary"] = summary_json(pipeline::summarise(runs));
  return text_of(document);
}

}  // namespace turngreen::report
