#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "turngreen/knobs/space.h"
#include "turngreen/study/store.h"
#include "turngreen/study/trial.h"
#include "turngreen/units/result.h"

namespace turngreen::study {

/// An outcome as the store keeps it (JSON, one object). What was not measured is null.
std::string outcome_json(const pipeline::Outcome& outcome);
Result<pipeline::Outcome> parse_outcome(std::string_view json);

/// A study and all its finished trials for another program or another store
/// (docs/schema/study_export.schema.json), newline at the end.
std::string export_json(const StudyRecord& study, const std::vector<Trial>& trials);
/// One row for each finished trial, but for those on the test rows: number, purpose, a column for
/// each knob, fidelity, seed, ending, reason, joules with bounds, seconds, joules and seconds of
/// each stage, metrics. What was not measured is an empty cell. A table pipeline can replay it.
std::string export_csv(const StudyRecord& study, const std::vector<Trial>& trials);

struct ImportedStudy {
  StudyRecord study;
  std::vector<Trial> trials;
};
/// Reads what export_json wrote; the trials come in the order they finished. At most 256 MB.
Result<ImportedStudy> parse_export(std::string_view json);

}  // namespace turngreen::study
