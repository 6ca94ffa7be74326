#pragma once

#include <vector>

#include "turngreen/explore/study_analysis.h"

namespace turngreen::explore {

/// What there is to say of a study, most important first; `analysis` is complete but for its notes.
std::vector<Note> notes_of(const study::StudyFile& study, const std::vector<study::Trial>& trials,
                           const StudyAnalysis& analysis);

}  // namespace turngreen::explore
