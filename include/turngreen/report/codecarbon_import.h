#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "turngreen/study/store.h"
#include "turngreen/study/study_file.h"
#include "turngreen/study/trial.h"
#include "turngreen/units/result.h"

namespace turngreen::report {

/// What is to be read, and what of it the user says himself. Empty or absent: found out.
struct CodeCarbonImport {
  std::vector<std::filesystem::path> folders = {};  ///< or CodeCarbon files
  std::vector<std::string> exclude = {};            ///< patterns of a shell on paths or names
  std::string study = {};                           ///< name of the study
  std::string baseline = {};  ///< name of the configuration with all knobs off
  std::string metric = {};
  bool lower_is_better = false;
  std::optional<double> max_drop = {};  ///< in the metric's unit; absent: 1 % of the baseline's
  std::vector<std::uint64_t> class_counts = {};
  std::filesystem::path knobs = {};  ///< a CSV file that says what configurations are made of
  std::string knobs_column = {};     ///< of that file
};

/// CodeCarbon's files as a study.
struct CodeCarbonStudy {
  study::StudyRecord record;  ///< for Store::import_study
  study::StudyFile study;     ///< record.file_text, understood
  /// The baseline's first, then by names; a run that is no trial of its configuration (a dummy) is
  /// there as one that failed. Provenance names "configuration" and "run", and what was odd in
  /// "import_note.1" and so on.
  std::vector<study::Trial> trials;
  /// What was understood, for people: a word and a sentence.
  std::vector<std::pair<std::string, std::string>> understood;
  std::vector<std::string> notes;  ///< what was odd and what was done about it, a sentence each
};

/// Reads what CodeCarbon left, and the metrics beside it (docs/import.md). The error names what is
/// missing and the mend: no CodeCarbon file, no baseline, a name that is not there.
Result<CodeCarbonStudy> import_codecarbon(const CodeCarbonImport& import);

}  // namespace turngreen::report
