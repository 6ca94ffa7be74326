#pragma once

#include <string>
#include <vector>

#include "turngreen/study/study_file.h"
#include "yaml_field.h"

namespace turngreen::study {

QualityBudget read_quality(const YamlField& field);
Budget read_budget(const YamlField& field);
std::vector<Constraint> read_constraints(const YamlField& field);
/// A number of gCO2e/kWh, or the code of a country of the built-in table.
std::optional<units::CarbonIntensity> read_carbon(const YamlField& field);

/// Metrics that every run has without its pipeline's help.
inline constexpr std::string_view kSecondsMetric = "seconds";
inline constexpr std::string_view kPeakMemoryMetric = "peak_memory_mb";

}  // namespace turngreen::study
