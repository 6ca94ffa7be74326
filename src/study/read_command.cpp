#include <fmt/format.h>

#include <algorithm>

#include "read_limits.h"
#include "read_pipeline.h"
#include "turngreen/units/text.h"

namespace turngreen::study {
namespace {

using pipeline::RenderedFile;
using units::in_quotes;

void read_run(const YamlField& run, bool shell, std::vector<std::string>& words) {
  if (!run.present()) return;
  if (shell) {
    if (const auto line = run.text()) words.push_back(*line);
    return;
  }
  if (!run.is_list()) {
    run.fault(
        "write the program and its arguments as a list, [python3, train.py]; a line for a "
        "shell needs shell: true beside it");
    return;
  }
  const auto items = run.items();
  if (items.empty()) run.fault("found an empty list; write the program and its arguments");
  for (const auto& item : items) {
    words.push_back((words.empty() ? item.text() : item.text_or_empty()).value_or(""));
  }
}

std::vector<std::pair<std::string, std::string>> read_environment(const YamlField& field) {
  std::vector<std::pair<std::string, std::string>> variables;
  for (const auto& [name, value] : field.entries()) {
    if (name.empty() || name.find('=') != std::string::npos) {
      value.fault(fmt::format("{} is no name for a variable; leave out the =", in_quotes(name)));
    }
    if (const auto text = value.text_or_empty()) variables.emplace_back(name, *text);
  }
  return variables;
}

std::vector<RenderedFile> read_files(const YamlField& field) {
  std::vector<RenderedFile> files;
  for (const auto& [name, value] : field.entries()) {
    const std::filesystem::path path(name);
    const bool leaves = std::find(path.begin(), path.end(), "..") != path.end();
    if (name.empty() || path.is_absolute() || leaves || !path.has_filename()) {
      value.fault(
          fmt::format("{} is no file within the trial's directory; write a relative path "
                      "without ..",
                      in_quotes(name)));
    }
    const auto format = value.word({"json", "yaml"});
    if (!format) continue;
    using Format = RenderedFile::Format;
    files.push_back({path, *format == "json" ? Format::json : Format::yaml});
  }
  return files;
}

std::vector<pipeline::MetricPattern> read_patterns(const YamlField& field) {
  std::vector<pipeline::MetricPattern> patterns;
  for (const auto& [metric, value] : field.entries()) {
    if (const auto expression = value.text()) patterns.push_back({metric, *expression});
  }
  return patterns;
}

std::optional<pipeline::RowWords> read_rows(const YamlField& field) {
  const auto items = field.items();
  if (!field.is_list()) return std::nullopt;
  if (items.size() != 2) {
    field.fault(
        fmt::format("found {} words; write two, what {{rows}} stands for in every trial and in the "
                    "runs on the test rows: [validation, test]",
                    items.size()));
    return std::nullopt;
  }
  return pipeline::RowWords{items[0].text_or_empty().value_or(""),
                            items[1].text_or_empty().value_or("")};
}

}  // namespace

pipeline::CommandDescription read_command(const YamlField& field,
                                          const std::filesystem::path& directory) {
  pipeline::CommandDescription command;
  command.study_directory = directory;
  YamlSection section(field);
  const YamlField run = section.required("run", "the program and its arguments, as a list");
  command.shell = section["shell"].truth().value_or(false);
  read_run(run, command.shell, command.run);
  command.environment = read_environment(section["environment"]);
  command.files = read_files(section["files"]);
  command.directory = section["directory"].text().value_or("");
  command.metrics = section["metrics"].text().value_or("");
  command.patterns = read_patterns(section["patterns"]);
  read_limits(section, command);
  if (const YamlField rows = section["rows"]; rows.present()) command.rows = read_rows(rows);
  section.finish();
  return command;
}

}  // namespace turngreen::study
