#pragma once

#include <span>
#include <string_view>

#include "turngreen/knobs/knob.h"

namespace turngreen::knobs {

/// The knobs that Turngreen knows by name: what each does, on which stages, what it needs and
/// excludes, what was published about its energy and where. A study file that names one of them
/// gets whatever it does not say itself from here.
std::span<const Knob> catalogue();

/// The catalogue's knob of that id; null: it has none.
const Knob* find_in_catalogue(std::string_view id);

}  // namespace turngreen::knobs
