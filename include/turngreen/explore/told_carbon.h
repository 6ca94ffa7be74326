#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "turngreen/knobs/configuration.h"
#include "turngreen/study/trial.h"
#include "turngreen/units/carbon.h"

namespace turngreen::explore {

/// The carbon that imported trials came with, as the tool that measured them told it.
struct ToldCarbon {
  /// Mean over the completed full runs that tell; empty where the runs were billed at intensities
  /// that differ: then it would compare places, not configurations.
  std::map<knobs::Configuration, units::Carbon> of;
  /// One sentence on intensities that differ; absent: they agree, or none was told.
  std::optional<std::string> disagreement;
};

ToldCarbon told_carbon(const std::vector<study::Trial>& trials);

/// The key of a trial's provenance that holds its emissions in kg of CO2e.
inline constexpr std::string_view kEmissions = "emissions_kg";

}  // namespace turngreen::explore
