#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "configuration_figures.h"
#include "turngreen/report/study_report.h"

namespace turngreen::report {

/// A row of "configurations" (docs/schema/report.schema.json).
nlohmann::ordered_json configuration_row(const explore::ConfigurationSummary& each,
                                         const ConfigurationFigures& figures,
                                         const knobs::Space& space);
/// A row of "trials"; `configuration` is the name in the summaries.
nlohmann::ordered_json trial_row(const study::Trial& trial, const std::string& configuration,
                                 const std::string& metric);

/// {"value", "low", "high"}.
nlohmann::ordered_json interval_row(const units::Bounded<double>& value);

}  // namespace turngreen::report
