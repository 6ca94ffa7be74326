#include "turngreen/study/best_file.h"

#include <fmt/format.h>

#include "read_text.h"
#include "yaml_document.h"
#include "yaml_field.h"

namespace turngreen::study {
namespace {

std::vector<std::string> read_words(const YamlField& field) {
  std::vector<std::string> words;
  for (const YamlField& item : field.items())
    if (const auto word = item.text_or_empty()) words.push_back(*word);
  return words;
}

}  // namespace

Result<pipeline::ReadyCommand> parse_best_file(std::string_view text,
                                               const std::filesystem::path& file) {
  YamlFaults faults;
  pipeline::ReadyCommand command;
  const auto document = parse_yaml(text);
  if (!document) {
    faults.add(document.error());
  } else {
    const YamlField whole(&*document, "", faults);
    YamlSection root(whole);  // of its keys, most are for people: none is complained of
    const YamlField words =
        root.required("command", "what is to be run; only a study of commands has one");
    command.words = read_words(words);
    if (words.is_list() && (command.words.empty() || command.words.front().empty()))
      words.fault("it names no program");
    command.directory = root["directory"].text().value_or("");
    command.environment = read_words(root["environment"]);
  }
  if (!faults.empty()) return fail(Error::Kind::invalid_input, faults.text(file.string()));
  return command;
}

Result<pipeline::ReadyCommand> load_best_file(const std::filesystem::path& file) {
  const auto text = read_text(file, "turngreen tune writes one");
  if (!text) return tl::unexpected<Error>(text.error());
  return parse_best_file(*text, file);
}

}  // namespace turngreen::study
