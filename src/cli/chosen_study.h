#pragma once

#include <string>
#include <vector>

#include "turngreen/study/store.h"
#include "turngreen/study/study_file.h"
#include "turngreen/study/trial.h"
#include "turngreen/units/result.h"

namespace CLI {
class App;
}

namespace turngreen::cli {

/// How a user says which study is meant; what is not said is empty.
struct StudyChoice {
  std::string file;   ///< STUDY.yaml: it says the store and the study
  std::string store;  ///< instead of the file's; without a file, see store_place
  std::string
      name;  ///< of a study in the store; needed where it holds several and no file is given
};

/// Adds --store and --study. `choice` must outlive the app's use.
void add_study_options(CLI::App& app, StudyChoice& choice);

struct ChosenStudy {
  study::Store store;
  study::StudyRecord record;
  study::StudyFile study;            ///< from the file, else as the store keeps it
  std::vector<study::Trial> trials;  ///< as Store::trials; each has a level for each knob
};

/// Reads what is there and makes nothing. Error: no such file, store or study (with those there
/// are), a study file whose knobs are not those that the trials were run with.
Result<ChosenStudy> choose_study(const StudyChoice& choice);

}  // namespace turngreen::cli
