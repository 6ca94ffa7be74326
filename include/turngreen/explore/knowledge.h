#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "turngreen/study/store.h"
#include "turngreen/study/study_file.h"
#include "turngreen/units/result.h"

namespace turngreen::explore {

/// Fills in what is expected of the study's knobs from the other studies of the store, where
/// neither the study file nor the catalogue says anything: a value of the same knob, with the same
/// value for "off", that completed trials had. Only trials that had finished when the study began
/// count, so that a study that is resumed expects what it expected at first. Several studies are
/// averaged by how sure they are. Studies whose files can no longer be understood are passed over.
/// Returns a sentence for each knob that was filled in.
Result<std::vector<std::string>> learn_from_earlier_studies(study::StudyFile& study,
                                                            const study::Store& store,
                                                            std::int64_t study_id);

}  // namespace turngreen::explore
