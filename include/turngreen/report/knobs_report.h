#pragma once

#include <span>
#include <string>
#include <string_view>

#include "turngreen/knobs/knob.h"
#include "turngreen/report/measurement_table.h"

namespace turngreen::report {

inline constexpr std::string_view kKnobsSchema = "turngreen.knobs/1";

/// The knobs for people, a table for each phase.
std::string knobs_text(std::span<const knobs::Knob> knobs, const TableStyle& style);

/// All about one knob: its values with what is expected of them, conditions, stages and source.
std::string knob_text(const knobs::Knob& knob, const TableStyle& style);

/// {"schema", "generator", "knobs": [{"id", "phase", "resource", "values", "off", "ordered",
/// "stages", "requires", "excludes", "expected", "description", "source"}]}, newline at the end.
/// What is not known is null or empty.
std::string knobs_json(std::span<const knobs::Knob> knobs);

}  // namespace turngreen::report
