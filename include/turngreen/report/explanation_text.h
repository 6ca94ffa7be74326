#pragma once

#include <string>

#include "turngreen/explore/explanation.h"

namespace turngreen::report {

/// A table of the knobs and one of the pairs; `all`: pairs that are not distinguishable too.
std::string explanation_text(const explore::Explanation& explanation, const study::StudyFile& study,
                             bool all);
std::string explanation_json(const explore::Explanation& explanation,
                             const study::StudyFile& study);

}  // namespace turngreen::report
