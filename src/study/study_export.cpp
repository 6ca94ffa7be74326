#include <fmt/format.h>

#include "outcome_json.h"
#include "provenance_json.h"
#include "study_export.h"
#include "turngreen/study/trial_json.h"

namespace turngreen::study {
namespace {

using nlohmann::ordered_json;

ordered_json knobs_json(const StudyRecord& study) {
  ordered_json knobs = ordered_json::array();
  for (std::size_t i = 0; i < study.knobs.size(); ++i) {
    knobs.push_back({{"id", study.knobs[i]},
                     {"values", study.values.at(i)},
                     {"off", study.values.at(i).at(study.off.at(i))}});
  }
  return knobs;
}

ordered_json configuration_json(const StudyRecord& study, const knobs::Configuration& levels) {
  ordered_json configuration = ordered_json::object();
  for (std::size_t i = 0; i < study.knobs.size(); ++i) {
    configuration[study.knobs[i]] = study.values.at(i).at(levels.levels.at(i));
  }
  return configuration;
}

ordered_json trial_json(const StudyRecord& study, const Trial& trial) {
  const Assignment& assignment = trial.assignment;
  return {{"number", trial.number},
          {"purpose", to_string(assignment.purpose)},
          {"configuration", configuration_json(study, assignment.configuration)},
          {"fidelity", assignment.fidelity},
          {"seed", assignment.seed},
          {"worker", trial.worker},
          {"started_unix_ns", trial.started_unix_ns},
          {"finished_unix_ns", trial.finished_unix_ns},
          {"finish_order", trial.finish_order},
          {"outcome", json_of(*trial.outcome)},
          {"provenance", json_of(trial.provenance)}};
}

}  // namespace

std::string export_json(const StudyRecord& study, const std::vector<Trial>& trials) {
  ordered_json document = {{"schema", kExportSchema},
                           {"study",
                            {{"name", study.name},
                             {"seed", study.seed},
                             {"file_path", study.file_path},
                             {"file_text", study.file_text},
                             {"knobs", knobs_json(study)}}}};
  document["trials"] = ordered_json::array();
  for (const auto& trial : trials) {
    if (trial.outcome) document["trials"].push_back(trial_json(study, trial));
  }
  return dump(document, 1) + "\n";
}

}  // namespace turngreen::study
