#include "turngreen/report/prometheus_text.h"

#include <fmt/format.h>

#include <initializer_list>
#include <map>
#include <optional>
#include <string_view>
#include <utility>

#include "display_text.h"
#include "stage_outline.h"

namespace turngreen::report {
namespace {

using energy::DomainEnergy;
using energy::Statement;

struct Label {
  std::string_view name;
  std::string_view value;
};

std::string escaped(std::string_view value) {
  std::string out;
  for (const char c : valid_utf8(value)) {
    if (c == '\n') {
      out += "\\n";
      continue;
    }
    if (c == '\\' || c == '"') out += '\\';
    out += c;
  }
  return out;
}

/// One metric with its samples: HELP and TYPE first, left out when no sample came.
class Family {
 public:
  Family(std::string& out, std::string_view name, std::string_view type, std::string_view help)
      : out_(out), name_(name), type_(type), help_(help) {}

  void add(std::initializer_list<Label> labels, double value) {
    if (!started_) {
      out_ += fmt::format("# HELP {0} {1}\n# TYPE {0} {2}\n", name_, help_, type_);
      started_ = true;
    }
    out_ += name_;
    char separator = '{';
    for (const auto& label : labels) {
      out_ += fmt::format("{}{}=\"{}\"", separator, label.name, escaped(label.value));
      separator = ',';
    }
    if (separator == ',') out_ += '}';
    out_ += fmt::format(" {}\n", value);
  }

 private:
  std::string& out_;
  std::string_view name_;
  std::string_view type_;
  std::string_view help_;
  bool started_ = false;
};

double joules_of(units::Energy energy) {
  return static_cast<double>(energy.in_microjoules()) / 1e6;
}

enum class Bound { value, low, high };

struct EnergyFamily {
  Bound bound;
  std::string_view name;
  std::string_view type;
  std::string_view help;
};

double bound_of(const EnergyBounds& energy, Bound bound) {
  if (bound == Bound::low) return joules_of(energy.low);
  if (bound == Bound::high) return joules_of(energy.high);
  return joules_of(energy.value);
}

void add_total(std::string& out, const Statement& statement, std::string_view scope) {
  constexpr EnergyFamily kFamilies[] = {
      {Bound::value, "turngreen_run_energy_joules_total", "counter",
       "Energy of the run over the counted domains, each joule once."},
      {Bound::low, "turngreen_run_energy_low_joules", "gauge", "Lower bound of the run's energy."},
      {Bound::high, "turngreen_run_energy_high_joules", "gauge",
       "Upper bound of the run's energy."}};
  if (statement.total.energy) {
    for (const auto& family : kFamilies) {
      Family(out, family.name, family.type, family.help)
          .add({{"scope", scope}}, bound_of(*statement.total.energy, family.bound));
    }
    Family(out, "turngreen_run_estimated_joules", "gauge",
           "The part of the run's energy that no sensor measured.")
        .add({{"scope", scope}}, joules_of(statement.estimated));
  }
  Family(out, "turngreen_run_seconds_total", "counter", "Length of the run.")
      .add({}, statement.time().in_seconds());
}

void add_domains(std::string& out, const Statement& statement) {
  constexpr EnergyFamily kFamilies[] = {
      {Bound::value, "turngreen_energy_joules_total", "counter",
       "Energy by domain; counted=\"false\" is contained in another domain."},
      {Bound::low, "turngreen_energy_low_joules", "gauge", "Lower bound of a domain's energy."},
      {Bound::high, "turngreen_energy_high_joules", "gauge", "Upper bound of a domain's energy."}};
  const auto& totals = statement.domain_totals;
  for (const auto& described : kFamilies) {
    Family family(out, described.name, described.type, described.help);
    for (std::size_t i = 0; i < totals.size() && i < statement.domains.size(); ++i) {
      const auto& domain = statement.domains[i];
      if (!totals[i].energy) continue;
      family.add({{"domain", domain.name},
                  {"kind", energy::to_string(domain.kind)},
                  {"source", energy::to_string(domain.source)},
                  {"estimated", domain.estimated() ? "true" : "false"},
                  {"counted", domain.counted() ? "true" : "false"}},
                 bound_of(*totals[i].energy, described.bound));
    }
  }
  Family unmeasured(out, "turngreen_unmeasured_seconds_total", "counter",
                    "Time for which a domain's sensor told nothing.");
  for (std::size_t i = 0; i < totals.size() && i < statement.domains.size(); ++i) {
    unmeasured.add({{"domain", statement.domains[i].name}}, totals[i].unmeasured.in_seconds());
  }
}

using StageEnergies = std::vector<DomainEnergy> energy::StageEnergy::*;

void add_stage_energies(std::string& out, const Statement& statement, const EnergyFamily& described,
                        StageEnergies energies) {
  Family family(out, described.name, described.type, described.help);
  for (std::size_t i = 0; i < statement.stages.size(); ++i) {
    const auto& list = statement.stages[i].*energies;
    const std::string path = stage_path(statement, i);
    for (std::size_t d = 0; d < list.size() && d < statement.domains.size(); ++d) {
      const auto& domain = statement.domains[d];
      if (!list[d].energy) continue;
      family.add({{"stage", path},
                  {"domain", domain.name},
                  {"estimated", domain.estimated() ? "true" : "false"},
                  {"counted", domain.counted() ? "true" : "false"}},
                 bound_of(*list[d].energy, described.bound));
    }
  }
}

void add_stages(std::string& out, const Statement& statement) {
  using energy::StageEnergy;
  add_stage_energies(out, statement,
                     {Bound::value, "turngreen_stage_energy_joules_total", "counter",
                      "Energy by stage and domain, nested stages included."},
                     &StageEnergy::domains);
  add_stage_energies(out, statement,
                     {Bound::low, "turngreen_stage_energy_low_joules", "gauge",
                      "Lower bound of a stage's energy."},
                     &StageEnergy::domains);
  add_stage_energies(out, statement,
                     {Bound::high, "turngreen_stage_energy_high_joules", "gauge",
                      "Upper bound of a stage's energy."},
                     &StageEnergy::domains);
  add_stage_energies(out, statement,
                     {Bound::value, "turngreen_stage_own_energy_joules_total", "counter",
                      "Energy by stage and domain without nested stages; adds up over stages."},
                     &StageEnergy::own);
  Family seconds(out, "turngreen_stage_seconds_total", "counter", "Sum of a stage's spans.");
  for (std::size_t i = 0; i < statement.stages.size(); ++i) {
    seconds.add({{"stage", stage_path(statement, i)}}, statement.stages[i].time.in_seconds());
  }
  Family spans(out, "turngreen_stage_spans_total", "counter", "Spans opened of a stage.");
  for (std::size_t i = 0; i < statement.stages.size(); ++i) {
    spans.add({{"stage", stage_path(statement, i)}},
              static_cast<double>(statement.stages[i].count));
  }
}

void add_health(std::string& out, const Statement& statement) {
  Family faults(out, "turngreen_faults_total", "counter", "What sensors or marks did wrong.");
  std::map<std::pair<std::string_view, std::string_view>, std::uint64_t> counts;
  for (const auto& fault : statement.faults) {
    counts[{energy::to_string(fault.kind), fault.subject}] += fault.count;
  }
  for (const auto& [labels, count] : counts) {
    faults.add({{"kind", labels.first}, {"subject", labels.second}}, static_cast<double>(count));
  }
  Family(out, "turngreen_samples_total", "counter", "Samples taken of all sensors.")
      .add({}, static_cast<double>(statement.sampling.samples));
  Family(out, "turngreen_sampling_seconds_total", "counter",
         "Processor time that the sampling itself took.")
      .add({}, statement.sampling.sampling_time.in_seconds());
}

}  // namespace

std::string prometheus_text(const Statement& statement, pipeline::Scope scope) {
  std::string out;
  add_total(out, statement, pipeline::to_string(scope));
  add_domains(out, statement);
  add_stages(out, statement);
  add_health(out, statement);
  return out;
}

std::string prometheus_text(const pipeline::Measurement& measurement) {
  std::string out = prometheus_text(measurement.energy, measurement.scope);
  if (measurement.above_idle) {
    Family(out, "turngreen_run_above_idle_joules", "gauge",
           "Energy of the run less what the machine at rest would have drawn.")
        .add({}, joules_of(measurement.above_idle->value));
  }
  if (measurement.carbon) {
    Family(out, "turngreen_run_carbon_grams", "gauge", "Greenhouse gas of the run in gCO2e.")
        .add({{"basis", measurement.carbon->basis}}, measurement.carbon->carbon.value.in_grams());
  }
  if (!measurement.command.empty()) {
    Family(out, "turngreen_run_exit_status", "gauge", "Exit status of the measured command.")
        .add({}, measurement.exit_status);
  }
  return out;
}

}  // namespace turngreen::report
