#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "turngreen/explore/recommendation.h"
#include "turngreen/knobs/space.h"
#include "turngreen/study/study_file.h"
#include "turngreen/study/trial.h"

namespace turngreen::explore {

/// What is found out about a trial once, when it has finished, and kept with its provenance: so it
/// need not be found out again at each suggestion, and stands although the trial's files are gone.

/// Lets the guard and the proof of effect judge it, against the baseline's first run in `trials`.
void note_rejection(study::Trial& trial, const study::StudyFile& study,
                    const std::vector<study::Trial>& trials);
/// As degenerate, for a reason that only the whole study could tell; a trial that has one keeps it.
void note_rejection(study::Trial& trial, std::string_view reason);
/// Why it can never be recommended; absent: nothing was found.
std::optional<std::string> rejection_note(const study::Trial& trial);
/// Whether it was the guard that rejected it; false: the proof of effect did, or nothing.
bool rejected_as_degenerate(const study::Trial& trial);

/// What speaks against it without being enough to reject it; absent: nothing.
std::optional<std::string> suspicion_note(const study::Trial& trial);

/// Notes what was recommended once it had finished.
void note_recommendation(study::Trial& trial, const Recommendation& recommendation);
/// Absent: nothing better than the baseline was known.
std::optional<knobs::Configuration> recommendation_note(const study::Trial& trial,
                                                        const knobs::Space& space);

}  // namespace turngreen::explore
