#include "read_knob.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>

#include "catalogue_defaults.h"
#include "did_you_mean.h"
#include "turngreen/knobs/catalogue.h"
#include "turngreen/units/text.h"

namespace turngreen::study {
namespace {

using knobs::Knob;
using knobs::Value;
using units::in_quotes;

template <typename Enum, std::size_t N>
std::optional<Enum> one_of(const YamlField& field, const std::array<Enum, N>& all,
                           std::optional<Enum> (*parse)(std::string_view)) {
  std::vector<std::string> words;
  for (const Enum each : all) words.emplace_back(to_string(each));
  const auto word = field.word(words);
  return word ? parse(*word) : std::nullopt;
}

std::optional<Value> read_value(const YamlField& field) {
  constexpr std::size_t kLongest = 1024;
  const auto text = field.text_or_empty();
  if (!text) return std::nullopt;
  if (text->size() <= kLongest) return Value(*text);
  field.fault(fmt::format("found {}; write at most {} bytes", in_quotes(*text), kLongest));
  return std::nullopt;
}

/// False: a value could not be read.
bool read_values(const YamlField& field, ReadKnob& read) {
  read.knob.values.clear();
  const auto items = field.items();
  if (field.is_list() && items.empty()) field.fault("found an empty list; write one value or more");
  for (const auto& item : items) {
    const auto value = read_value(item);
    if (!value) continue;
    read.knob.values.push_back(*value);
    read.values.push_back(item);
  }
  return !items.empty() && read.knob.values.size() == items.size();
}

std::optional<std::size_t> level_of(const Knob& knob, const Value& value) {
  const auto found = std::find(knob.values.begin(), knob.values.end(), value);
  if (found == knob.values.end()) return std::nullopt;
  return static_cast<std::size_t>(found - knob.values.begin());
}

std::string one_of_its_values(const Knob& knob, std::string_view found) {
  constexpr std::size_t kShown = 12;
  std::vector<std::string> texts;
  for (const Value& value : knob.values) texts.push_back(value.text());
  const std::span shown(texts.data(), std::min(kShown, texts.size()));
  return fmt::format("found {}; write one of its values: {}{}{}", in_quotes(found),
                     fmt::join(shown, ", "), texts.size() > kShown ? ", ..." : "",
                     Value(std::string(found)).number() ? "" : did_you_mean(found, texts));
}

void read_off(const YamlField& field, Knob& knob) {
  const auto text = field.text_or_empty();
  if (!text) return;
  if (const auto level = level_of(knob, Value(*text))) {
    knob.off = *level;
  } else {
    field.fault(one_of_its_values(knob, *text));
  }
}

std::optional<knobs::Expectation> read_expectation(const YamlField& field) {
  constexpr YamlField::Range kAboveZero{.low = 0, .high = 1e6, .low_excluded = true};
  knobs::Expectation expectation;
  if (!field.is_map()) {
    const auto factor = field.number(kAboveZero);
    if (!factor) return std::nullopt;
    expectation.energy_factor = *factor;
    return expectation;
  }
  YamlSection section(field);
  const auto factor = section.required("factor", "what the value does to the energy, 0.5 for half")
                          .number(kAboveZero);
  expectation.energy_factor = factor.value_or(expectation.energy_factor);
  expectation.log_spread = section["spread"].number(kAboveZero).value_or(expectation.log_spread);
  section.finish();
  return factor ? std::optional(expectation) : std::nullopt;
}

void read_expected(const YamlField& field, ReadKnob& read) {
  Knob& knob = read.knob;
  knob.expected.assign(knob.values.size(), std::nullopt);
  read.expected.assign(knob.values.size(), read.key);
  for (const auto& [text, entry] : field.entries()) {
    const auto level = level_of(knob, Value(text));
    const auto expectation = read_expectation(entry);
    if (!level) {
      entry.fault(one_of_its_values(knob, text));
    } else if (*level == knob.off) {
      entry.fault(
          "this is the value that means off, which all others are compared with; leave it out");
    } else {
      knob.expected[*level] = expectation;
      read.expected[*level] = entry;
    }
  }
}

void complain_of_unknown(const std::string& id, const YamlField& key) {
  std::vector<std::string> known;
  for (const Knob& knob : knobs::catalogue()) known.push_back(knob.id);
  key.fault(
      fmt::format("{} is no knob that turngreen knows{}; a knob of your own needs values: "
                  "[...] and phase: ...",
                  in_quotes(id), did_you_mean(id, known)));
}

}  // namespace

std::vector<knobs::Condition> read_conditions(const YamlField& field,
                                              std::vector<YamlField>& places) {
  std::vector<knobs::Condition> conditions;
  for (const auto& [id, entry] : field.entries()) {
    knobs::Condition condition{.knob = id};
    for (const auto& item : entry.items(/*lone_allowed=*/true)) {
      if (const auto value = read_value(item)) condition.values.push_back(*value);
    }
    if (condition.values.empty()) {
      if (entry.is_list()) entry.fault("found no value; write one or more");
      continue;
    }
    conditions.push_back(std::move(condition));
    places.push_back(entry);
  }
  return conditions;
}

ReadKnob read_knob(const std::string& id, const YamlField& key, const YamlField& field) {
  const Knob* known = knobs::find_in_catalogue(id);
  ReadKnob read{.knob = known != nullptr ? *known : Knob{.id = id}, .key = key};
  Knob& knob = read.knob;
  for (const char* taken : {"seed", "fidelity", "trial_dir", "study_dir"}) {
    if (id == taken)
      key.fault_plainly(
          fmt::format("{{{}}} already stands for something else; name the knob otherwise", id));
  }
  if (field.is_null() && known != nullptr) return read;
  if (known == nullptr && field.is_null()) {
    complain_of_unknown(id, key);
    read.complete = false;
    return read;
  }
  YamlSection section(field);
  const YamlField values = section["values"];
  const YamlField off = section["off"];
  const YamlField ordered = section["ordered"];
  const YamlField phase = section["phase"];
  const YamlField expected = section["expected"];
  const YamlField needs = section["requires"];
  const YamlField excludes = section["excludes"];

  read.complete =
      field.is_map() && (values.present() ? read_values(values, read) : known != nullptr);
  if (known == nullptr && field.is_map() && !values.present()) complain_of_unknown(id, key);
  if (known == nullptr && values.present() && !phase.present()) {
    key.fault(fmt::format(
        "{} has no phase; write phase: data, model, training, system or inference", in_quotes(id)));
  }
  if (known != nullptr && values.present() && read.complete) adapt_to_values(*known, knob);
  if (read.complete) {
    if (off.present()) {
      read_off(off, knob);
      if (known != nullptr) knob.expected = expectations_for(*known, knob);
    }
    if (expected.present()) {
      knob.source.clear();
      read_expected(expected, read);
    }
  }
  knob.ordered = ordered.truth().value_or(knob.ordered);
  knob.phase = one_of(phase, knobs::kPhases, knobs::parse_phase).value_or(knob.phase);
  if (const auto resource = one_of(section["resource"], knobs::kResources, knobs::parse_resource)) {
    knob.resource = resource;
  }
  const YamlField stages = section["stages"];
  read.own_stages = stages.present();
  if (read.own_stages) knob.stages.clear();
  for (const auto& stage : stages.items(/*lone_allowed=*/true)) {
    const auto name = stage.text();
    if (!name) continue;
    knob.stages.push_back(*name);
    read.stages.push_back(stage);
  }
  read.own_needs = needs.present();
  if (read.own_needs) knob.needs = read_conditions(needs, read.needs);
  read.own_excludes = excludes.present();
  if (read.own_excludes) knob.excludes = read_conditions(excludes, read.excludes);
  knob.description = section["description"].text().value_or(knob.description);
  knob.source = section["source"].text().value_or(knob.source);
  section.finish();
  return read;
}

}  // namespace turngreen::study
