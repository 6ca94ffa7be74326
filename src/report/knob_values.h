#pragma once

#include <nlohmann/json.hpp>

#include "turngreen/knobs/space.h"

namespace turngreen::report {

/// A number as a number, true and false as such, all else as text.
nlohmann::ordered_json value_json(const knobs::Value& value);
/// {knob: value}, all knobs.
nlohmann::ordered_json configuration_json(const knobs::Space& space,
                                          const knobs::Configuration& configuration);

}  // namespace turngreen::report
