#pragma once

#include <string>

#include "turngreen/explore/comparison.h"
#include "turngreen/report/measurement_table.h"

namespace turngreen::report {

/// A table for people: each quantity of both with half of its 95 % interval, the difference, how
/// sure that is, and what it comes to in words.
std::string comparison_text(const explore::Comparison& comparison, const study::StudyFile& study,
                            const TableStyle& style);
/// docs/schema/comparison.schema.json; newline at the end.
std::string comparison_json(const explore::Comparison& comparison, const study::StudyFile& study);

}  // namespace turngreen::report
