#include <fmt/format.h>

#include <algorithm>

#include "did_you_mean.h"
#include "read_pipeline.h"
#include "turngreen/units/text.h"

namespace turngreen::study {
namespace {

using Columns = pipeline::TableDescription::Columns;

/// "our name: column of the file".
Columns read_columns(const YamlField& field) {
  Columns columns;
  for (const auto& [name, value] : field.entries()) {
    const auto column = value.text();
    if (!column) continue;
    if (name.empty()) value.fault("write a name before the colon");
    columns.emplace_back(name, *column);
  }
  return columns;
}

Columns read_required(const YamlField& field, std::string_view what) {
  if (field.is_map() && field.node()->entries.empty()) {
    field.fault(fmt::format("found none; write one or more as {}", what));
  }
  return read_columns(field);
}

}  // namespace

pipeline::TableDescription read_table(const YamlField& field,
                                      const std::filesystem::path& directory) {
  pipeline::TableDescription table;
  YamlSection section(field);
  if (const auto file = section.required("file", "the CSV file").text()) {
    table.file = (directory / *file).lexically_normal();
  }
  table.stages =
      read_required(section.required("stages", "STAGE: COLUMN with its joules"), "STAGE: COLUMN");
  table.quality = read_required(section.required("quality", "METRIC: COLUMN"), "METRIC: COLUMN");
  const YamlField seconds = section["seconds"];
  table.seconds = read_columns(seconds);
  table.fidelity = section["fidelity"].text().value_or("");
  section.finish();

  std::vector<std::string> stages;
  for (const auto& [name, column] : table.stages) stages.push_back(name);
  for (const auto& [name, column] : table.seconds) {
    if (std::find(stages.begin(), stages.end(), name) != stages.end()) continue;
    seconds.fault(fmt::format("{} is none of the stages; there are {}{}", units::in_quotes(name),
                              fmt::join(stages, ", "), did_you_mean(name, stages)));
  }
  return table;
}

}  // namespace turngreen::study
