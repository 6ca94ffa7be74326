#pragma once

#include <string>

#include "turngreen/knobs/space.h"
#include "turngreen/study/store.h"

namespace turngreen::study {

/// What a study keeps of a space: all of a record but its id.
StudyRecord record_of(std::string_view name, const knobs::Space& space, std::uint64_t seed,
                      std::string_view file_text, const std::filesystem::path& file);

/// Why trials of `stored` would mean something else under `asked`, a line for each knob; empty:
/// they mean the same. Values may have been added at the end of a knob's.
std::string difference(const StudyRecord& stored, const StudyRecord& asked);

}  // namespace turngreen::study
