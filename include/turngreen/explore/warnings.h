#pragma once

#include <string>
#include <vector>

#include "turngreen/study/study_file.h"
#include "turngreen/study/trial.h"

namespace turngreen::explore {

/// What a reader of the result should know although nothing was rejected for it, a sentence each:
/// full runs of one configuration that fall into two groups (a mean would hide that something was
/// in force in some of them only), and qualities that look like those of a constant predictor.
std::vector<std::string> warnings_of(const study::StudyFile& study,
                                     const std::vector<study::Trial>& trials);

}  // namespace turngreen::explore
