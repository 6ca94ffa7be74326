#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "outcome_json.h"
#include "provenance_json.h"
#include "study_export.h"
#include "turngreen/knobs/knob.h"
#include "turngreen/study/trial_json.h"

namespace turngreen::study {
namespace {

using nlohmann::ordered_json;

// Whatever is not as it should be is thrown, and caught in parse_export.
[[noreturn]] void refuse(const std::string& message) { throw std::invalid_argument(message); }

/// nlohmann would turn -1 and 0.5 into some whole number.
std::uint64_t whole_number(const ordered_json& object, const char* name) {
  const ordered_json& value = object.at(name);
  if (!value.is_number_unsigned()) {
    refuse(fmt::format("\"{}\" is {}; it must be a whole number, 0 or above", name, value.dump()));
  }
  return value.get<std::uint64_t>();
}

std::int64_t signed_number(const ordered_json& object, const char* name) {
  const std::uint64_t value = whole_number(object, name);
  if (value > static_cast<std::uint64_t>(INT64_MAX)) {
    refuse(fmt::format("\"{}\" is {}, which is too large", name, value));
  }
  return static_cast<std::int64_t>(value);
}

std::size_t index_of(const std::vector<std::string>& texts, const std::string& text,
                     const std::string& knob) {
  const auto found = std::ranges::find(texts, text);
  if (found == texts.end()) {
    refuse(fmt::format("knob {} has no value {}; it has {}", knob, text, fmt::join(texts, ", ")));
  }
  return static_cast<std::size_t>(found - texts.begin());
}

void read_knob(StudyRecord& study, const ordered_json& object) {
  const auto id = object.at("id").get<std::string>();
  auto values = object.at("values").get<std::vector<std::string>>();
  if (std::ranges::find(study.knobs, id) != study.knobs.end()) {
    refuse(fmt::format("knob {} is there twice", id));
  }
  if (values.empty() || values.size() > knobs::kMaxValues) {
    refuse(fmt::format("knob {} has {} values; there may be 1 to {}", id, values.size(),
                       knobs::kMaxValues));
  }
  study.off.push_back(index_of(values, object.at("off").get<std::string>(), id));
  study.knobs.push_back(id);
  study.values.push_back(std::move(values));
}

StudyRecord study_of(const ordered_json& object) {
  StudyRecord study;
  study.name = object.at("name").get<std::string>();
  if (study.name.empty()) refuse("the study has no name");
  study.seed = whole_number(object, "seed");
  study.file_path = object.at("file_path").get<std::string>();
  study.file_text = object.at("file_text").get<std::string>();
  if (object.at("knobs").size() > knobs::kMaxKnobs) {
    refuse(fmt::format("there are {} knobs; there may be {}", object.at("knobs").size(),
                       knobs::kMaxKnobs));
  }
  for (const auto& knob : object.at("knobs")) read_knob(study, knob);
  return study;
}

knobs::Configuration configuration_of(const StudyRecord& study, const ordered_json& object) {
  knobs::Configuration configuration;
  for (std::size_t i = 0; i < study.knobs.size(); ++i) {
    const auto text = object.at(study.knobs[i]).get<std::string>();
    configuration.levels.push_back(
        static_cast<knobs::Level>(index_of(study.values[i], text, study.knobs[i])));
  }
  if (object.size() != study.knobs.size()) refuse("its configuration has a knob that is unknown");
  return configuration;
}

/// What no run can give: the study's sums would be wrong from then on.
void check_amounts(const pipeline::Outcome& outcome) {
  const auto in_order = [](const units::Bounded<units::Energy>& energy) {
    return units::Energy() <= energy.low && energy.low <= energy.value &&
           energy.value <= energy.high;
  };
  if (outcome.energy && !in_order(*outcome.energy)) {
    refuse("its joules are not 0 <= energy_low_j <= energy_j <= energy_high_j");
  }
  if (outcome.time < units::Duration()) refuse("its seconds are below 0");
}

Trial trial_of(const StudyRecord& study, const ordered_json& object) {
  Trial trial;
  trial.number = signed_number(object, "number");
  const auto purpose = object.at("purpose").get<std::string>();
  const auto known = parse_purpose(purpose);
  if (!known) {
    refuse(fmt::format("\"purpose\" is \"{}\"; it can be baseline, explore, verify or attribution",
                       purpose));
  }
  trial.assignment = {*known, configuration_of(study, object.at("configuration")),
                      object.at("fidelity").get<double>(), whole_number(object, "seed")};
  if (!(trial.assignment.fidelity > 0 && trial.assignment.fidelity <= 1)) {
    refuse(fmt::format("\"fidelity\" is {}; it must be above 0 and at most 1",
                       trial.assignment.fidelity));
  }
  trial.worker = object.at("worker").get<std::string>();
  trial.started_unix_ns = signed_number(object, "started_unix_ns");
  trial.finished_unix_ns = signed_number(object, "finished_unix_ns");
  trial.finish_order = signed_number(object, "finish_order");
  trial.outcome = outcome_of(object.at("outcome"));
  check_amounts(*trial.outcome);
  trial.provenance = provenance_from_json(object.at("provenance"));
  return trial;
}

ImportedStudy imported(const ordered_json& document) {
  const auto schema = document.at("schema").get<std::string>();
  if (schema != kExportSchema) {
    refuse(fmt::format("its schema is \"{}\"; this program reads \"{}\"", schema, kExportSchema));
  }
  ImportedStudy found;
  found.study = study_of(document.at("study"));
  std::size_t position = 0;
  for (const auto& trial : document.at("trials")) {
    ++position;
    try {
      found.trials.push_back(trial_of(found.study, trial));
    } catch (const std::exception& e) {
      refuse(fmt::format("trial {} of the list: {}", position, e.what()));
    }
  }
  std::ranges::stable_sort(found.trials, {}, &Trial::finish_order);
  return found;
}

}  // namespace

Result<ImportedStudy> parse_export(std::string_view text) {
  if (text.size() > kMostExportBytes) {
    return fail(
        Error::Kind::invalid_input,
        fmt::format("the export has {} bytes; at most {} are read", text.size(), kMostExportBytes));
  }
  try {
    return imported(ordered_json::parse(text));
  } catch (const std::exception& e) {  // nlohmann's errors name the field
    return fail(Error::Kind::invalid_input,
                fmt::format("the export of a study cannot be understood: {}", e.what()));
  }
}

}  // namespace turngreen::study
