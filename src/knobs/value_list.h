#pragma once

#include <span>
#include <string>
#include <vector>

#include "turngreen/knobs/value.h"

namespace turngreen::knobs {

/// "2048, 1024, 512" as messages show the values allowed; the first dozen of many.
std::string list_of(std::span<const Value> values);
std::vector<std::string> texts_of(std::span<const Value> values);

}  // namespace turngreen::knobs
