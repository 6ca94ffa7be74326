#include "study_draft.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <filesystem>
#include <optional>

#include "turngreen/knobs/catalogue.h"
#include "turngreen/knobs/value.h"

namespace turngreen::cli {
namespace {

std::string in_double_quotes(std::string_view word) {
  std::string text = "\"";
  for (const char c : word) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      text += {'\\', c};
    } else if (c == '{' || c == '}') {
      text += {c, c};
    } else if (byte < 0x20 || byte == 0x7f) {
      text += fmt::format("\\x{:02x}", byte);
    } else {
      text += c;
    }
  }
  return text + '"';
}

/// A number in the command that may be worth turning.
struct Suggestion {
  std::string knob;
  double number = 0;
  std::string value;     ///< as written
  std::size_t word = 0;  ///< which word of the command holds it
  std::string prefix;    ///< of that word, "--lr=" or nothing
};

bool is_option(std::string_view word) {
  return word.size() > 1 && word.front() == '-' && !knobs::Value(std::string(word)).number();
}

/// "--learning-rate" as a knob: learning_rate. Empty where nothing is left.
std::string knob_name(std::string_view option) {
  option.remove_prefix(std::min(option.find_first_not_of('-'), option.size()));
  std::string name;
  for (const char c : option) {
    const bool word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    name += word ? c : '_';
  }
  const bool digit = !name.empty() && name.front() >= '0' && name.front() <= '9';
  return digit ? "_" + name : name;
}

std::vector<Suggestion> suggestions_in(const std::vector<std::string>& command) {
  std::vector<Suggestion> found;
  const auto suggest = [&](std::string_view option, const std::string& value, std::size_t word,
                           std::string prefix) {
    const auto number = knobs::Value(value).number();
    const std::string name = knob_name(option);
    const auto same = [&](const Suggestion& other) { return other.knob == name; };
    // What chance is drawn from is no knob, and has a placeholder of its own.
    if (!number || name.empty() || name == "seed" ||
        std::any_of(found.begin(), found.end(), same)) {
      return;
    }
    found.push_back({name, *number, value, word, std::move(prefix)});
  };
  for (std::size_t i = 1; i < command.size(); ++i) {
    const std::string& word = command[i];
    if (!is_option(word)) continue;
    if (const auto equals = word.find('='); equals != std::string::npos) {
      suggest(word.substr(0, equals), word.substr(equals + 1), i, word.substr(0, equals + 1));
    } else if (i + 1 < command.size()) {
      suggest(word, command[i + 1], i + 1, "");
    }
  }
  return found;
}

std::string halved(const Suggestion& suggestion) {
  const double half = suggestion.number / 2;
  const bool whole = suggestion.value.find_first_not_of("0123456789") == std::string::npos;
  return whole ? fmt::format("{}", std::max(1.0, std::floor(half))) : fmt::format("{:g}", half);
}

/// The word with {knob} in the number's place.
std::string with_placeholder(const Suggestion& suggestion) {
  std::string word = in_double_quotes(suggestion.prefix);
  word.pop_back();
  return fmt::format("{}{{{}}}\"", word, suggestion.knob);
}

std::string run_line(const std::vector<std::string>& command,
                     const std::vector<Suggestion>& suggestions) {
  std::string line;
  for (std::size_t i = 0; i < command.size(); ++i) {
    const auto at = [i](const Suggestion& suggestion) { return suggestion.word == i; };
    const auto turned = std::find_if(suggestions.begin(), suggestions.end(), at);
    line += line.empty() ? "" : ", ";
    line += turned == suggestions.end() ? yaml_word(command[i]) : with_placeholder(*turned);
  }
  return "[" + line + "]";
}

std::string suggested_lines(const std::vector<Suggestion>& suggestions) {
  std::string lines;
  for (const auto& suggestion : suggestions) {
    const auto* known = knobs::find_in_catalogue(suggestion.knob);
    lines +=
        fmt::format("  # {}: {{values: [{}, {}]{}}}\n", suggestion.knob, suggestion.value,
                    halved(suggestion), known != nullptr ? "" : ", ordered: true, phase: training");
  }
  return lines;
}

std::string thread_counts(std::size_t processors) {
  std::string counts = std::to_string(std::max<std::size_t>(1, processors));
  for (std::size_t count = processors / 2; count >= 1; count /= 2) {
    counts += ", " + std::to_string(count);
  }
  return counts;
}

/// The script's name, or the program's, as far as a study may be called so.
std::string study_name(const std::vector<std::string>& command) {
  std::string_view source = command.front();
  if (command.size() > 1 && !is_option(command[1])) source = command[1];
  std::string name;
  for (const char c : std::filesystem::path(source).stem().string()) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '_' || c == '-';
    if (plain && (c != '-' || !name.empty()) && name.size() < 64) name += c;
  }
  return name.empty() ? "study" : name;
}

}  // namespace

std::string yaml_word(std::string_view word) {
  const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  const auto plain = [&](char c) {
    return letter(c) || (c >= '0' && c <= '9') || c == '/' || c == '.' || c == '_' || c == '-' ||
           c == '=';
  };
  std::string lower(word);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  if (!word.empty() && std::all_of(word.begin(), word.end(), plain) && lower != "null" &&
      (letter(word.front()) || word.front() == '/' || word.starts_with("--"))) {
    return std::string(word);
  }
  return in_double_quotes(word);
}

std::string study_text(const StudyDraft& draft) {
  const auto suggestions = suggestions_in(draft.command);
  std::string text = fmt::format(
      "# A study for turngreen tune. All keys: turngreen schema study\n"
      "name: {}\n"
      "\n"
      "pipeline:\n"
      "  command:\n"
      "    # {{knob}} in a word or a variable becomes the knob's value; so do {{seed}}, "
      "{{fidelity}} "
      "and\n"
      "    # {{trial_dir}}. {{{{ and }}}} are braces.\n"
      "    run: {}\n",
      yaml_word(study_name(draft.command)), run_line(draft.command, {}));
  if (!suggestions.empty()) {
    text += fmt::format("    # To turn its numbers, with the knobs below:\n    # run: {}\n",
                        run_line(draft.command, suggestions));
  }
  text += fmt::format(
      "    environment: {{OMP_NUM_THREADS: \"{{threads}}\"}}\n"
      "    # Where the quality is read from: a JSON file that the command leaves,\n"
      "    metrics: metrics.json\n"
      "    # or the last match on what it prints, or the run protocol (docs/run-protocol.md).\n"
      "    # patterns: {{accuracy: \"accuracy *[:=] *([0-9.eE+-]+)\"}}\n"
      "    # timeout: 1 h\n"
      "    # memory: 8 GB\n"
      "    # Shares of the full job that {{fidelity}} may ask for: short trials make a study "
      "cheap.\n"
      "    # fidelity: [0.05, 1]\n"
      "    # What {{rows}} stands for: in every trial, and in two runs at the very end on rows\n"
      "    # that nothing was chosen by.\n"
      "    # rows: [validation, test]\n"
      "\n"
      "# What may be turned; the first value is the usual one. turngreen knobs lists what is "
      "known.\n"
      "knobs:\n"
      "  threads: {{values: [{}]}}\n"
      "{}"
      "\n"
      "# What must not get worse, and by how much it may. max_drop is in the metric's unit;\n"
      "# max_drop_relative is a share, min a floor. For a loss: higher_is_better: false.\n"
      "quality: {{metric: {}, max_drop: {}}}\n"
      "\n"
      "objective: energy\n"
      "budget: {{energy: 3 baselines}}   # also trials: 32, time: 2 h\n",
      thread_counts(draft.processors), suggested_lines(suggestions), yaml_word(draft.metric),
      draft.max_drop);
  return text;
}

}  // namespace turngreen::cli
