#include "codecarbon_columns.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <ctime>
#include <map>
#include <optional>
#include <string_view>

#include "codecarbon_layout.h"
#include "stage_outline.h"

namespace turngreen::report {
namespace {

using energy::DomainEnergy;
using energy::DomainKind;
using pipeline::Measurement;

using Fields = std::map<std::string_view, std::string>;

std::string csv_field(std::string_view field) {
  if (field.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(field);
  std::string out = "\"";
  for (const char c : field) {
    out += c;
    if (c == '"') out += c;
  }
  return out + '"';
}

template <typename Columns, typename Text>
std::string line_of(const Columns& columns, const Text& text) {
  std::string line;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (i > 0) line += ',';
    line += text(columns[i]);
  }
  return line;
}

enum class Part { cpu, gpu, ram, elsewhere };

/// The column of CodeCarbon that a domain's joules belong to. Boards, batteries and platforms have
/// none: they are in energy_consumed alone.
Part part_of(DomainKind kind) {
  switch (kind) {
    case DomainKind::package:
    case DomainKind::cores:
    case DomainKind::uncore:
      return Part::cpu;
    case DomainKind::gpu:
    case DomainKind::module:
      return Part::gpu;
    case DomainKind::dram:
      return Part::ram;
    case DomainKind::platform:
    case DomainKind::board:
    case DomainKind::battery:
      break;
  }
  return Part::elsewhere;
}

std::optional<units::Energy> energy_of(const Measurement& m,
                                       const std::vector<DomainEnergy>& energies, Part part) {
  std::optional<units::Energy> sum;
  for (std::size_t i = 0; i < energies.size() && i < m.energy.domains.size(); ++i) {
    const auto& domain = m.energy.domains[i];
    if (!domain.counted() || part_of(domain.kind) != part || !energies[i].energy) continue;
    sum = sum.value_or(units::Energy()) + energies[i].energy->value;
  }
  return sum;
}

std::string number(double value) { return fmt::format("{}", value); }

std::string kilowatt_hours_text(const std::optional<units::Energy>& energy) {
  return energy ? number(energy->in_kilowatt_hours()) : std::string();
}

std::string mean_power_text(const std::optional<units::Energy>& energy, units::Duration time) {
  if (!energy || time <= units::Duration()) return {};
  return number((*energy / time).in_watts());
}

/// CodeCarbon's timestamps are local times of the end, without a zone.
std::string local_text(std::int64_t unix_ns) {
  const std::time_t seconds = static_cast<std::time_t>(unix_ns / 1'000'000'000);
  std::tm local{};
  ::localtime_r(&seconds, &local);
  return fmt::format("{:%Y-%m-%dT%H:%M:%S}", local);
}

void add_energies(Fields& fields, const Measurement& m, const std::vector<DomainEnergy>& domains,
                  const DomainEnergy& total, units::Duration time) {
  const auto add = [&](const char* energy_column, const char* power_column, Part part) {
    const auto energy = energy_of(m, domains, part);
    fields[energy_column] = kilowatt_hours_text(energy);
    fields[power_column] = mean_power_text(energy, time);
  };
  add("cpu_energy", "cpu_power", Part::cpu);
  add("gpu_energy", "gpu_power", Part::gpu);
  add("ram_energy", "ram_power", Part::ram);
  if (total.energy) fields["energy_consumed"] = kilowatt_hours_text(total.energy->value);
  fields["duration"] = number(time.in_seconds());

  const auto& whole = m.energy.total.energy;
  if (!m.carbon || !total.energy || !whole || whole->value <= units::Energy()) return;
  // Carbon is known for the run; a stage takes the part that it took of the joules.
  const auto carbon = m.carbon->carbon.value * (total.energy->value / whole->value);
  fields["emissions"] = number(carbon.in_kilograms());
  if (time > units::Duration()) {
    fields["emissions_rate"] = number(carbon.in_kilograms() / time.in_seconds());
  }
}

Fields run_fields(const Measurement& m, const CodeCarbonContext& context) {
  Fields fields;
  fields["timestamp"] = local_text(m.started_unix_ns + m.energy.time().in_nanoseconds());
  fields["project_name"] = context.project_name;
  fields["run_id"] = context.run_id;
  fields["country_name"] = context.country_name;
  fields["country_iso_code"] = context.country_iso_code;
  fields["os"] = m.machine.os;
  fields["codecarbon_version"] = "turngreen-" TURNGREEN_VERSION;
  if (m.machine.logical_cpus > 0) fields["cpu_count"] = fmt::to_string(m.machine.logical_cpus);
  fields["cpu_model"] = m.machine.cpu_model;
  const auto gpus = std::count_if(
      m.energy.domains.begin(), m.energy.domains.end(),
      [](const auto& domain) { return domain.counted() && part_of(domain.kind) == Part::gpu; });
  if (gpus > 0) fields["gpu_count"] = fmt::to_string(gpus);
  if (m.machine.memory_bytes > 0) {
    fields["ram_total_size"] = number(static_cast<double>(m.machine.memory_bytes) / (1 << 30));
  }
  fields["tracking_mode"] = pipeline::to_string(m.scope);
  fields["pue"] = "1";  // energy is written as measured, multiplied by nothing
  return fields;
}

template <typename Columns>
std::string row_of(const Columns& columns, const Fields& fields) {
  return line_of(columns, [&](std::string_view column) {
    const auto found = fields.find(column);
    return found == fields.end() ? std::string() : csv_field(found->second);
  });
}

}  // namespace

std::string codecarbon_run_header() {
  return line_of(codecarbon_run_columns(),
                 [](std::string_view column) { return std::string(column); });
}

std::string codecarbon_run_row(const Measurement& m, const CodeCarbonContext& context) {
  Fields fields = run_fields(m, context);
  add_energies(fields, m, m.energy.domain_totals, m.energy.total, m.energy.time());
  return row_of(codecarbon_run_columns(), fields) + '\n';
}

std::string codecarbon_task_file(const Measurement& m, const CodeCarbonContext& context) {
  const auto columns = codecarbon_task_columns();
  std::string file =
      line_of(columns, [](std::string_view column) { return std::string(column); }) + '\n';
  for (std::size_t i = 0; i < m.energy.stages.size(); ++i) {
    const auto& stage = m.energy.stages[i];
    Fields fields = run_fields(m, context);
    fields["task_name"] = stage_path(m.energy, i);
    add_energies(fields, m, stage.domains, stage.total, stage.time);
    file += row_of(columns, fields) + '\n';
  }
  return file;
}

}  // namespace turngreen::report
